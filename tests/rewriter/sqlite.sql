-- Statements whose answers depend on much of SQLite: the parser, the planner, B-trees, sorting, text, and soft floating
-- point. Nothing here depends on time or on chance. An empty line ends what one activation answers in the kernel.
SELECT sqlite_version() LIKE '3.%', typeof(random()), date('now');
CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT UNIQUE, price REAL, stock INT CHECK (stock >= 0), note BLOB);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
  INSERT INTO item SELECT i, printf('item-%05d', (i * 7919) % 10007), i * 0.37 + i % 13 / 7.0, (i * i) % 101, randomblob(i % 40) FROM n;
SELECT count(*), sum(stock), round(sum(price), 6), min(name), max(name), sum(length(note)) FROM item;

SELECT id, name, price, hex(substr(note, 1, 6)) FROM item WHERE name BETWEEN 'item-00100' AND 'item-00160' ORDER BY price DESC LIMIT 8;
CREATE INDEX by_stock ON item(stock, price);
EXPLAIN QUERY PLAN SELECT name FROM item WHERE stock = 17 AND price > 100 ORDER BY price;
SELECT name, price FROM item WHERE stock = 17 AND price > 100 ORDER BY price LIMIT 5;

CREATE TABLE sale(item INT REFERENCES item(id) ON DELETE CASCADE, day INT, count INT, PRIMARY KEY (item, day)) WITHOUT ROWID;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
  INSERT INTO sale SELECT (i * 31) % 1999 + 1, i / 100, i % 9 + 1 FROM n WHERE 1
  ON CONFLICT (item, day) DO UPDATE SET count = count + excluded.count;
SELECT day, count(*), sum(count), round(avg(count * price), 9) FROM sale JOIN item ON item.id = sale.item GROUP BY day HAVING sum(count) > 498 ORDER BY 3 DESC, 1 LIMIT 12;
SELECT day, total, sum(total) OVER (ORDER BY day ROWS 3 PRECEDING), rank() OVER (ORDER BY total), lag(total, 2, -1) OVER (ORDER BY day), ntile(4) OVER (ORDER BY total, day)
  FROM (SELECT day, sum(count) AS total FROM sale GROUP BY day) WHERE day < 15 ORDER BY day;

SELECT a.name, (SELECT count(*) FROM sale WHERE sale.item = a.id) AS sold FROM item a LEFT JOIN sale s ON s.item = a.id AND s.day = 3
  WHERE a.id % 97 = 5 AND s.item IS NULL ORDER BY sold DESC, a.name LIMIT 6;
CREATE TABLE audit(what TEXT, old, new);
CREATE TRIGGER changed AFTER UPDATE OF price ON item WHEN old.price <> new.price BEGIN
  INSERT INTO audit VALUES (new.name, old.price, new.price);
END;
UPDATE item SET price = price * 1.1 WHERE stock > 95 RETURNING id, round(price, 4);

SELECT count(*), round(sum(new - old), 8) FROM audit;
SELECT what, old, new FROM audit ORDER BY new DESC LIMIT 3;
BEGIN; DELETE FROM item WHERE id > 50; SELECT count(*) FROM item; SAVEPOINT inner_one; UPDATE item SET stock = 1; ROLLBACK TO inner_one;
SELECT sum(stock) FROM item; ROLLBACK; SELECT count(*), sum(stock) FROM item;
PRAGMA foreign_keys = ON;

DELETE FROM item WHERE id % 3 = 0;
SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM sale), (SELECT count(*) FROM sale WHERE item % 3 = 0);
INSERT INTO item VALUES (1, 'again', 1, 1, NULL);
INSERT INTO item VALUES (9999, 'negative', 1, -1, NULL);

SELECT nothing FROM item;
SELEC 1;
CREATE VIEW cheap AS SELECT id, name, price FROM item WHERE price < 2;
SELECT * FROM cheap ORDER BY id;

SELECT 1.0 / 3, 1e300 * 1e10, -1e-320, 2.5e-5, 123456789012345678, 0.1 + 0.2, CAST('12.75abc' AS INT), CAST(1e19 AS INT), CAST(9007199254740993 AS REAL), 7 % -3, -7 / 2, 5 / 0;
SELECT printf('%.3f %10.4e %g %G %+d %x %08X %s %q %Q %c %%', 3.14159265, 12345.678, 1e-7, 1e20, 5, 255, 3735928559, 'text', 'it''s', 'it''s', 'z');
SELECT round(2.675, 2), round(-0.5), abs(-3.5), max(1, 2.5, 'x'), min(3, 1.5), total(x), avg(x), group_concat(x, ';') FROM (SELECT 1 AS x UNION ALL SELECT 2.25 UNION ALL SELECT NULL UNION ALL SELECT 1e16);
SELECT upper('straße'), lower('ÀB'), length('héllo'), instr('hello', 'l'), replace('aXbXc', 'X', '--'), trim('  a '), substr('abcdef', -3, 2), unicode('€'), char(8364, 65), quote(x'00ff'), hex('añ');

SELECT 'abc' LIKE 'A_c', 'abc' GLOB 'a[a-c]*', 'a%b' LIKE 'a\%b' ESCAPE '\', NULL IS NULL, 1 IS NOT 2, 3 BETWEEN 2 AND 4, 'b' IN ('a', 'b'), iif(1 > 2, 'y', 'n'), coalesce(NULL, 'c'), nullif(1, 1);
SELECT date('2024-02-29', '+1 year'), time('12:34:56', '+90 minutes'), julianday('2000-01-01 12:00:00'), strftime('%Y-%j-%W %s %f', '2021-03-04 05:06:07.89'), datetime(1e9, 'unixepoch');
SELECT json_extract('{"a":[1,2,{"b":"x\u0041"}],"c":1.5e3}', '$.a[2].b'), json_array(1, 'two', NULL, 3.5), json_set('{"k":1}', '$.n', json('[true]')), json_valid('{bad'), json_type('[1]', '$[0]');
SELECT key, value, type, fullkey FROM json_tree('{"x":{"y":[10,20.5,"z",null,false]}}');

WITH RECURSIVE cell(x, y) AS (SELECT 0, 0 UNION ALL SELECT x + 1, y FROM cell WHERE x < 20 UNION ALL SELECT 0, y + 1 FROM cell WHERE x = 20 AND y < 10),
  z(px, py, i, a, b) AS (SELECT x, y, 0, 0.0, 0.0 FROM cell UNION ALL
    SELECT px, py, i + 1, a * a - b * b + px * 0.15 - 2.1, 2 * a * b + py * 0.2 - 1.0 FROM z WHERE i < 25 AND a * a + b * b < 4)
  SELECT group_concat(substr(' .:-=+*#%@', 1 + deep * 9 / 25, 1), '') FROM (SELECT px, py, max(i) AS deep FROM z GROUP BY py, px) GROUP BY py;
WITH RECURSIVE fib(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM fib WHERE b < 8e18) SELECT count(*), max(b) FROM fib;
SELECT name, sum(price) FILTER (WHERE stock > 50) OVER w, first_value(id) OVER w, cume_dist() OVER w FROM item WHERE id < 40 WINDOW w AS (PARTITION BY id % 4 ORDER BY price) ORDER BY name;
SELECT DISTINCT stock % 10 AS d FROM item EXCEPT SELECT 3 INTERSECT SELECT day FROM sale ORDER BY d DESC;

ALTER TABLE item RENAME COLUMN note TO remark; ALTER TABLE item ADD COLUMN extra DEFAULT 'e'; ALTER TABLE audit RENAME TO history;
SELECT sql FROM sqlite_schema ORDER BY name;
ATTACH ':memory:' AS side; CREATE TABLE side.copy AS SELECT id, name FROM item ORDER BY name; SELECT count(*), min(rowid), max(name) FROM side.copy; DETACH side;
ANALYZE; SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2;

VACUUM; PRAGMA integrity_check; PRAGMA page_count;
SELECT zeroblob(3) = x'000000', total_changes() > 1000, changes(), last_insert_rowid();

-- Tables of 50,000 rows: B-trees of three levels, sorting that outgrows its first buffers, indexes made after the fact.
CREATE TABLE big(id INTEGER PRIMARY KEY, a INT, b TEXT, c REAL);

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
  INSERT INTO big SELECT i, (i * 48271) % 65537, 'row ' || ((i * 7919) % 50021), i / 8.0 FROM n;

WITH RECURSIVE n(i) AS (SELECT 10001 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
  INSERT INTO big SELECT i, (i * 48271) % 65537, 'row ' || ((i * 7919) % 50021), i / 8.0 FROM n;

WITH RECURSIVE n(i) AS (SELECT 20001 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
  INSERT INTO big SELECT i, (i * 48271) % 65537, 'row ' || ((i * 7919) % 50021), i / 8.0 FROM n;

WITH RECURSIVE n(i) AS (SELECT 30001 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
  INSERT INTO big SELECT i, (i * 48271) % 65537, 'row ' || ((i * 7919) % 50021), i / 8.0 FROM n;

WITH RECURSIVE n(i) AS (SELECT 40001 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
  INSERT INTO big SELECT i, (i * 48271) % 65537, 'row ' || ((i * 7919) % 50021), i / 8.0 FROM n;

SELECT count(*), sum(a), min(b), max(b), sum(c) FROM big;

SELECT a, b FROM big ORDER BY b DESC, a LIMIT 5 OFFSET 1000;

CREATE INDEX big_a ON big(a);

CREATE INDEX big_b ON big(b COLLATE NOCASE, c DESC);

EXPLAIN QUERY PLAN SELECT * FROM big WHERE a BETWEEN 100 AND 110;

SELECT id, a FROM big WHERE a BETWEEN 100 AND 130 ORDER BY a;

SELECT count(*) FROM big WHERE b LIKE 'row 1%';

SELECT count(*), count(DISTINCT a % 100) FROM big WHERE b COLLATE NOCASE > 'ROW 4';

SELECT a % 7 AS k, count(*), round(avg(c), 5), max(b) FROM big GROUP BY k ORDER BY k;

SELECT count(*) FROM big x JOIN big y ON y.a = x.id + 1 WHERE x.id < 3000;

UPDATE big SET c = c + 0.5, b = b || '!' WHERE id % 5 = 0;

SELECT sum(c), sum(length(b)) FROM big;

DELETE FROM big WHERE a % 3 = 1;

SELECT count(*), sum(id) FROM big;

INSERT OR REPLACE INTO big(id, a, b) SELECT id + 25000, a, 'again' FROM big WHERE id <= 25000;

SELECT count(*), count(c), sum(a) FROM big;

DROP INDEX big_b;

REINDEX big_a;

PRAGMA integrity_check;

PRAGMA quick_check;

-- Transactions, one inside another.
CREATE TABLE t(k INTEGER PRIMARY KEY, v);
BEGIN;
INSERT INTO t VALUES (1, 'one');
INSERT INTO t VALUES (2, 'two');
COMMIT;
BEGIN IMMEDIATE;
UPDATE t SET v = 'changed';
SELECT * FROM t;
ROLLBACK;
SELECT * FROM t;
SAVEPOINT a;
INSERT INTO t VALUES (3, 'three');
SAVEPOINT b;
INSERT INTO t VALUES (4, 'four');
ROLLBACK TO b;
INSERT INTO t VALUES (5, 'five');
RELEASE a;
SELECT k, v FROM t;
BEGIN;
COMMIT;
COMMIT;
INSERT INTO t VALUES (1, 'twice');
INSERT OR IGNORE INTO t VALUES (1, 'ignored');
INSERT OR FAIL INTO t VALUES (6, 'six'), (1, 'failed'), (7, 'seven');
SELECT k, v FROM t;
INSERT INTO t VALUES (8, 'eight') ON CONFLICT (k) DO NOTHING RETURNING k;
INSERT INTO t VALUES (8, 'acht') ON CONFLICT (k) DO UPDATE SET v = excluded.v || '/' || v RETURNING k, v;
REPLACE INTO t VALUES (2, 2.5);
SELECT k, v, typeof(v) FROM t ORDER BY v;

-- Joins of every kind.
CREATE TABLE l(x, y); CREATE TABLE r(x, z);
INSERT INTO l VALUES (1, 'a'), (2, 'b'), (3, 'c'), (NULL, 'n'), (2, 'bb');
INSERT INTO r VALUES (2, 'B'), (3, 'C'), (4, 'D'), (NULL, 'N'), (3, 'CC');
SELECT * FROM l JOIN r ON l.x = r.x ORDER BY 1, 2, 4;
SELECT * FROM l LEFT JOIN r USING (x) ORDER BY 1, 2, 3;
SELECT * FROM l RIGHT JOIN r USING (x) ORDER BY 1, 2, 3;
SELECT * FROM l FULL OUTER JOIN r ON l.x = r.x ORDER BY 1, 2, 3, 4;
SELECT * FROM l NATURAL JOIN r ORDER BY y, z;
SELECT count(*) FROM l CROSS JOIN r;
SELECT y FROM l WHERE x IN (SELECT x FROM r) ORDER BY y;
SELECT y FROM l WHERE EXISTS (SELECT 1 FROM r WHERE r.x = l.x) ORDER BY y DESC;
SELECT y FROM l WHERE x NOT IN (SELECT x FROM r WHERE x IS NOT NULL);
SELECT y, (SELECT group_concat(z) FROM r WHERE r.x > l.x) FROM l ORDER BY y;
SELECT a.y, b.y FROM l a, l b WHERE a.x < b.x ORDER BY 1, 2;
SELECT x, count(*) FROM (SELECT x FROM l UNION ALL SELECT x FROM r) GROUP BY x HAVING count(*) > 1;
SELECT x FROM l UNION SELECT x FROM r;
SELECT x FROM l INTERSECT SELECT x FROM r;
SELECT x FROM l EXCEPT SELECT x FROM r;
SELECT * FROM (VALUES (1, 'v'), (2, 'w')) ORDER BY 1 DESC;

-- Window functions.
CREATE TABLE w(g, n, v REAL);
INSERT INTO w VALUES ('p', 1, 1.5), ('p', 2, 2.5), ('q', 3, -1), ('q', 4, 8), ('q', 5, 8), ('r', 6, NULL), ('p', 7, 0.25);
SELECT n, row_number() OVER (ORDER BY v) FROM w ORDER BY n;
SELECT n, rank() OVER (PARTITION BY g ORDER BY v), dense_rank() OVER (PARTITION BY g ORDER BY v) FROM w ORDER BY n;
SELECT n, percent_rank() OVER (ORDER BY v), cume_dist() OVER (ORDER BY v) FROM w ORDER BY n;
SELECT n, sum(v) OVER (PARTITION BY g), avg(v) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM w ORDER BY n;
SELECT n, lead(v, 1, 'none') OVER (ORDER BY n), lag(v) OVER (ORDER BY n), last_value(n) OVER (ORDER BY n RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING) FROM w;
SELECT n, nth_value(n, 2) OVER (PARTITION BY g ORDER BY n), count(*) OVER (ORDER BY v GROUPS 1 PRECEDING) FROM w ORDER BY n;
SELECT g, group_concat(n, '+') FILTER (WHERE v > 0) OVER (PARTITION BY g ORDER BY n DESC) FROM w ORDER BY g, n;
SELECT n, sum(v) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) FROM w;
SELECT g, total(v), sum(sum(v)) OVER (ORDER BY g) FROM w GROUP BY g;

-- Common table expressions.
WITH a(x) AS (VALUES (1), (2), (3)), b AS MATERIALIZED (SELECT x * x AS y FROM a) SELECT sum(y) FROM b;
WITH RECURSIVE p(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM p WHERE n < 100) SELECT group_concat(n) FROM p WHERE NOT EXISTS (SELECT 1 FROM p q WHERE q.n < p.n AND p.n % q.n = 0);
WITH RECURSIVE e(a, b) AS (SELECT 1071, 462 UNION ALL SELECT b, a % b FROM e WHERE b > 0) SELECT a FROM e WHERE b = 0;
CREATE TABLE tree(id, parent, name);
INSERT INTO tree VALUES (1, NULL, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf'), (5, 4, 'deep');
WITH RECURSIVE path(id, text) AS (SELECT id, name FROM tree WHERE parent IS NULL UNION ALL SELECT tree.id, text || '/' || name FROM tree JOIN path ON parent = path.id) SELECT text FROM path ORDER BY text;
WITH RECURSIVE up(id, depth) AS (SELECT 5, 0 UNION SELECT parent, depth + 1 FROM tree JOIN up USING (id) WHERE parent IS NOT NULL) SELECT max(depth) FROM up;
WITH RECURSIVE s(d, rest) AS (SELECT '', '10110' UNION ALL SELECT d || (9 - substr(rest, 1, 1)), substr(rest, 2) FROM s WHERE rest <> '') SELECT d FROM s WHERE rest = '';

-- Numbers.
SELECT 9223372036854775807 + 1, -9223372036854775808 - 1, 9223372036854775807 * 2;
SELECT 1 << 62, 1 << 63, -1 >> 60, ~5, 5 & 3, 5 | 3, 6 % 4, -6 % 4;
SELECT 3 / 2, 3 / 2.0, -3 / 2, 3.0 / 0, 1e308 * 10, -1e308 * 10, 0.0 / 0;
SELECT 0.1 + 0.2 = 0.3, 0.5 + 0.25 = 0.75, 1 = 1.0, '1' = 1, 1e16 + 1;
SELECT 1e-5, 1e15, 1e16, 123456.789e3, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324;
SELECT CAST(3.999 AS INT), CAST(-3.999 AS INT), CAST('0x10' AS INT), CAST('  42 ' AS INT), CAST('1e3' AS REAL), CAST(x'3132' AS INT);
SELECT typeof(1), typeof(1.0), typeof('1'), typeof(x'01'), typeof(NULL), typeof(1 + 1.0), typeof('1' + 1);
SELECT round(1234.5678, -2), round(1234.5678, 2), round(0.5), round(1.5), round(2.5), round(-1.5), round(1e20);
SELECT abs(-7), abs(-7.25), sign(-3), sign(0), sign(2.5), max(3, 1, 2), min(3, 1, 2);
SELECT printf('%d|%5d|%-5d|%05d|%+d|%,d', 42, 42, 42, 42, 42, 1234567);
SELECT printf('%f|%.0f|%10.3f|%e|%g|%!.15g', 2.5, 2.5, 2.5, 2.5, 2.5, 0.1);
SELECT printf('%s|%10s|%-10s|%.2s|%c%c', 'abc', 'abc', 'abc', 'abc', 'x', 'y');
SELECT printf('%x|%X|%o|%#x|%llx', 255, 255, 255, 255, -1);
SELECT 12345678901234567890, 0.30000000000000004, 100000000000000000000.0, 1.0, 10.50;
SELECT sum(v), avg(v), total(v), count(v), max(v), min(v) FROM w;
SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT -1);
SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1);
WITH RECURSIVE n(i, x) AS (SELECT 0, 0.0 UNION ALL SELECT i + 1, x + 0.1 FROM n WHERE i < 1000) SELECT max(x) FROM n;
WITH RECURSIVE n(i, x) AS (SELECT 1, 1.0 UNION ALL SELECT i + 1, (x + 2 / x) / 2 FROM n WHERE i < 8) SELECT x FROM n;
WITH RECURSIVE n(i, p) AS (SELECT 0, 0.0 UNION ALL SELECT i + 1, p + 4.0 * (1 - i % 2 * 2) / (2 * i + 1) FROM n WHERE i < 2000) SELECT round(max(i)), p FROM n ORDER BY i DESC LIMIT 1;

-- Text and blobs.
SELECT length('日本語'), length(CAST('日本語' AS BLOB)), hex('日本'), unicode('語'), char(26085, 26412);
SELECT substr('hello', 2), substr('hello', -3), substr('hello', 2, 2), substr('hello', 0), substr('hello', -10, 8), substr(x'010203', 2);
SELECT upper('abcÄ'), lower('ABCÄ'), ltrim('xxabcxx', 'x'), rtrim('xxabcxx', 'x'), trim('  b  ');
SELECT replace('banana', 'an', 'AN'), instr('banana', 'nan'), instr(x'00ff10', x'ff'), hex(zeroblob(4));
SELECT 'a' < 'B', 'a' < 'B' COLLATE NOCASE, 'a ' = 'a', 'a ' = 'a' COLLATE RTRIM;
SELECT 'x' LIKE 'X', 'x' GLOB 'X', 'abc' LIKE '%b%', 'abc' GLOB '*b*', 'a_c' LIKE 'a\_c' ESCAPE '\', 'file.txt' GLOB '*.[tx]xt';
SELECT quote('it''s'), quote(1.5), quote(NULL), quote(x'ab'), quote(12);
SELECT 'a' || 1 || 2.5 || NULL, 'a' || 1 || 2.5 || x'41';
SELECT group_concat(x, '') FROM (SELECT x FROM (VALUES ('c'), ('a'), ('b')) AS v(x) ORDER BY 1);
SELECT concat('a', NULL, 1), concat_ws('-', 'a', NULL, 'b'), octet_length('é'), string_agg(y, ',') FROM l;
SELECT name COLLATE NOCASE AS n FROM (SELECT 'b' AS name UNION ALL SELECT 'A' UNION ALL SELECT 'a' UNION ALL SELECT 'B') ORDER BY n, name;

-- Dates.
SELECT date('2000-02-28', '+1 day'), date('1999-12-31', '+1 month'), date('2024-01-31', '+1 month');
SELECT strftime('%s', '1970-01-02'), strftime('%H:%M', 0.75), time('23:59:59', '+1 second'), datetime('2001-09-09 01:46:40', '-1000000000 seconds');
SELECT julianday('1970-01-01'), date(2440587.5), date('2021-03-14', 'weekday 0'), date('2021-03-14', 'start of year', '+7 months');
SELECT strftime('%Y %m %d %H %M %S %w %j', '2012-12-21 11:11:11'), date('nonsense'), datetime(0, 'unixepoch');

-- Constraints, triggers, views, generated columns, partial and expression indexes.
CREATE TABLE c(a INT NOT NULL, b INT DEFAULT 7 CHECK (b > a), sum AS (a + b) STORED, twice AS (sum * 2) VIRTUAL, UNIQUE (a, b));
INSERT INTO c(a) VALUES (1), (2), (3);
INSERT INTO c(a) VALUES (NULL);
INSERT INTO c(a, b) VALUES (9, 8);
INSERT INTO c(a, b) VALUES (1, 7);
SELECT * FROM c;
CREATE UNIQUE INDEX c_part ON c(b) WHERE a > 100;
INSERT INTO c(a, b) VALUES (101, 500);
INSERT INTO c(a, b) VALUES (102, 500);
CREATE INDEX c_expr ON c(a * b);
EXPLAIN QUERY PLAN SELECT a FROM c WHERE a * b = 14;
SELECT a FROM c WHERE a * b = 14;
CREATE TABLE log(text);
CREATE TRIGGER c_in AFTER INSERT ON c BEGIN INSERT INTO log VALUES ('in ' || new.a); END;
CREATE TRIGGER c_no BEFORE DELETE ON c WHEN old.a = 1 BEGIN SELECT RAISE(ABORT, 'keep one'); END;
CREATE TRIGGER c_up AFTER UPDATE OF b ON c BEGIN INSERT INTO log VALUES (old.b || '>' || new.b); END;
INSERT INTO c(a) VALUES (4), (5);
UPDATE c SET b = b + 1 WHERE a = 4;
DELETE FROM c WHERE a = 1;
DELETE FROM c WHERE a = 2;
SELECT text FROM log;
CREATE VIEW v(total, n) AS SELECT sum(b), count(*) FROM c;
SELECT * FROM v;
CREATE TRIGGER v_in INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES ('view ' || new.n); END;
INSERT INTO v VALUES (1, 2);
SELECT text FROM log ORDER BY rowid DESC LIMIT 1;
CREATE TABLE s(a INTEGER, b TEXT, c REAL, d BLOB, e ANY) STRICT;
INSERT INTO s VALUES (1, 'x', 2, x'00', 3.5);
INSERT INTO s VALUES ('no', 'x', 2, x'00', 3.5);
SELECT typeof(a), typeof(b), typeof(c), typeof(d), typeof(e) FROM s;
CREATE TABLE aff(i INT, r REAL, n NUMERIC, t TEXT, b BLOB);
INSERT INTO aff VALUES ('12', '12', '12.0', 12, 12), ('1e2', 'x', '3.5', 3.5, '3.5');
SELECT i, typeof(i), r, typeof(r), n, typeof(n), t, typeof(t), b, typeof(b) FROM aff;

-- JSON.
SELECT json('{"a" : [ 1 , 2.50, true ] }'), json_array_length('[1,2,[3]]'), json_quote('a"b');
SELECT json_extract('{"a":{"b":[10,20]}}', '$.a.b[1]'), '{"a":5}' -> 'a', '{"a":"t"}' ->> '$.a';
SELECT json_insert('{"a":1}', '$.b', 2), json_replace('{"a":1}', '$.a', 9), json_remove('[0,1,2]', '$[1]'), json_patch('{"a":1,"b":2}', '{"b":null,"c":3}');
SELECT json_group_array(x), json_group_object(y, x) FROM l WHERE x IS NOT NULL;
SELECT key, value FROM json_each('{"one":1,"two":[2]}');
SELECT json_valid('{}'), json_valid('{'), json_error_position('[1,}'), json_type('{"a":null}', '$.a');

-- What else the planner and the parser do.
SELECT CASE WHEN 1 > 2 THEN 'a' WHEN 2 > 1 THEN 'b' ELSE 'c' END, CASE 5 WHEN 4 THEN 'four' END, iif(0, 1, 2);
SELECT NULL = NULL, NULL IS NULL, NULL AND 0, NULL OR 1, NOT NULL, coalesce(NULL, NULL, 3), ifnull(NULL, 'x'), nullif(2, 3);
SELECT (1, 2) < (1, 3), (1, 2) = (1, 2), 2 IN (1, NULL), 1 IN (1, NULL);
SELECT x FROM l ORDER BY x NULLS LAST LIMIT 2;
SELECT DISTINCT x FROM l ORDER BY x IS NULL, x DESC;
SELECT max(y), x FROM l GROUP BY x % 2 ORDER BY 2;
EXPLAIN QUERY PLAN SELECT * FROM l JOIN r ON l.x = r.x;
UPDATE l SET y = r.z FROM r WHERE l.x = r.x AND r.z <> 'CC' RETURNING x, y;
DELETE FROM r WHERE z LIKE 'c%' RETURNING *;
ALTER TABLE r ADD COLUMN w INT DEFAULT 3; SELECT * FROM r;
ALTER TABLE r DROP COLUMN z; SELECT * FROM r;
CREATE TEMP TABLE tmp AS SELECT 1 AS one; SELECT * FROM temp.tmp; DROP TABLE tmp;
SELECT count(*) FROM pragma_table_info('big'); SELECT name FROM pragma_index_list('c') ORDER BY name;
SELECT name, type FROM sqlite_schema WHERE name LIKE 'c%' ORDER BY name;
SELECT likelihood(x > 1, 0.5), likely(1), unlikely(0), sqlite_compileoption_used('THREADSAFE=0') FROM l LIMIT 1;
DROP TABLE big; DROP VIEW v; DROP TRIGGER c_no; DROP TABLE IF EXISTS nothing;
DROP TABLE nothing;
SELECT * FROM nowhere; SELECT 1 FROM l WHERE; SELECT abs(); SELECT 'unclosed; 
