// SPDX-License-Identifier: GPL-2.0
//! `ar` archives: the members with their names. The symbol index is not used; members are looked into.

/// The first bytes of an archive.
pub const MAGIC: &[u8] = b"!<arch>\n";
/// The first bytes of an archive that only names its members.
pub const THIN_MAGIC: &[u8] = b"!<thin>\n";

/// One file in an archive.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// As the archive names it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("").trim_end()
}

/// The members, without the index and the table of long names.
pub fn members(file: &[u8]) -> Result<Vec<Member<'_>>, &'static str> {
    let mut rest = file.strip_prefix(MAGIC).ok_or("not an archive")?;
    let mut long_names: &[u8] = &[];
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (header, body) = rest
            .split_at_checked(60)
            .ok_or("an archive header is cut off")?;
        if &header[58..60] != b"`\n" {
            return Err("an archive header has no end mark");
        }
        let len: usize = text(&header[48..58])
            .parse()
            .map_err(|_| "a member's size is no number")?;
        let (bytes, after) = body.split_at_checked(len).ok_or("a member is cut off")?;
        rest = if len % 2 == 1 {
            after.get(1..).unwrap_or(&[])
        } else {
            after
        };
        let name = text(&header[..16]);
        match name {
            "/" | "/SYM64/" | "__.SYMDEF" | "__.SYMDEF SORTED" => continue,
            "//" => {
                long_names = bytes;
                continue;
            }
            _ => {}
        }
        if let Some(len) = name.strip_prefix("#1/") {
            // BSD: the name stands before the bytes.
            let len: usize = len.parse().map_err(|_| "a member's name is no number")?;
            let (name, bytes) = bytes
                .split_at_checked(len)
                .ok_or("a member's name is cut off")?;
            let name = text(name).trim_end_matches('\0');
            if !name.starts_with("__.SYMDEF") {
                found.push(Member { name, bytes });
            }
        } else if let Some(at) = name
            .strip_prefix('/')
            .and_then(|at| at.parse::<usize>().ok())
        {
            let name = long_names
                .get(at..)
                .ok_or("a member's long name lies outside the table")?;
            let end = name
                .iter()
                .position(|&byte| byte == b'\n')
                .unwrap_or(name.len());
            found.push(Member {
                name: text(&name[..end]).trim_end_matches('/'),
                bytes,
            });
        } else {
            found.push(Member {
                name: name.trim_end_matches('/'),
                bytes,
            });
        }
    }
    Ok(found)
}

/// An archive of members, in GNU's form without a symbol index, which [`members`] and linkers' `--whole-archive` read.
pub fn write(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let mut entry = |name: &str, bytes: &[u8]| {
        // Name, time, owner, group, mode, size: as text in fields of fixed width, without what differs between builds.
        let header = format!(
            "{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n",
            0,
            0,
            0,
            644,
            bytes.len()
        );
        out.extend_from_slice(header.as_bytes());
        out.extend_from_slice(bytes);
        if bytes.len() % 2 == 1 {
            out.push(b'\n');
        }
    };
    let mut names = String::new();
    let mut places = Vec::new();
    for (name, _) in members {
        places.push(names.len());
        names.push_str(name);
        names.push_str("/\n");
    }
    entry("//", names.as_bytes());
    for ((_, bytes), at) in members.iter().zip(places) {
        entry(&format!("/{at}"), bytes);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut out = format!(
            "{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n",
            0,
            0,
            0,
            644,
            bytes.len()
        )
        .into_bytes();
        out.extend_from_slice(bytes);
        if bytes.len() % 2 == 1 {
            out.push(b'\n');
        }
        out
    }

    #[test]
    fn short_and_long_names_are_found_and_the_index_is_not() {
        let mut file = MAGIC.to_vec();
        file.extend(entry("/", b"index"));
        file.extend(entry("//", b"a_rather_long_member_name.o/\n"));
        file.extend(entry("a.o/", b"abc"));
        file.extend(entry("/0", b"de"));
        let members = members(&file).unwrap();
        let names: Vec<_> = members.iter().map(|m| (m.name, m.bytes)).collect();
        assert_eq!(
            names,
            [
                ("a.o", &b"abc"[..]),
                ("a_rather_long_member_name.o", &b"de"[..])
            ]
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let long = "a".repeat(40);
        let wanted = [
            ("b.o".to_owned(), b"abc".to_vec()),
            (long, b"defg".to_vec()),
        ];
        let file = write(&wanted);
        let read = members(&file).unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|m| (m.name.to_owned(), m.bytes.to_vec()))
            .collect();
        assert_eq!(read, wanted);
    }

    #[test]
    fn any_cut_is_an_error_or_fewer_members() {
        let mut file = MAGIC.to_vec();
        file.extend(entry("a.o/", b"abcd"));
        for len in 0..file.len() {
            let _ = members(&file[..len]);
        }
    }
}
