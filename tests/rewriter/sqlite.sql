-- Statements whose answers depend on much of SQLite: the parser, the planner, B-trees, sorting, text, and soft floating
-- point. Nothing here depends on time or on chance.
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
