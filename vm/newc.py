# SPDX-License-Identifier: GPL-2.0
"""A cpio archive of the "newc" kind, which the kernel unpacks as its first file system.

Written here because it is a few lines, and because device nodes and owners would otherwise need root.
"""

import os
import stat


class Archive:
    def __init__(self):
        self._chunks = []
        self._made = set()
        self._serial = 0

    def add(self, path, mode, data=b"", device=(0, 0)):
        """One entry; folders above it are made as needed.  `device` is for nodes."""
        path = path.strip("/")
        parent = os.path.dirname(path)
        if parent:
            self.folder(parent)
        self._entry(path, mode, data, device)

    def folder(self, path):
        path = path.strip("/")
        if path not in self._made:
            self._made.add(path)
            self.add(path, stat.S_IFDIR | 0o755)

    def text(self, path, text, mode=0o644):
        self.add(path, stat.S_IFREG | mode, text.encode())

    def copy(self, source, path):
        """A file with its permissions, or a folder with all that is in it."""
        if os.path.isdir(source):
            self.folder(path)
            for name in sorted(os.listdir(source)):
                self.copy(os.path.join(source, name), f"{path}/{name}")
            return
        with open(source, "rb") as file:
            data = file.read()
        mode = os.stat(source).st_mode & 0o777
        # What can be run is made runnable, whatever a download or an unpacking did to its mode.
        if data.startswith((b"\x7fELF", b"#!")):
            mode |= 0o111
        self.add(path, stat.S_IFREG | mode | 0o444, data)

    def write(self, file):
        self._entry("TRAILER!!!", 0, b"")
        file.writelines(self._chunks)

    def _entry(self, path, mode, data, device=(0, 0)):
        self._serial += 1
        name = path.encode() + b"\0"
        # inode, mode, uid, gid, links, mtime, size, file system, device, name's size, no checksum
        fields = (self._serial, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(name), 0)
        header = b"070701" + b"".join(b"%08x" % field for field in fields)
        self._padded(header + name)
        self._padded(data)

    def _padded(self, data):
        self._chunks.append(data + bytes(-len(data) % 4))
