extension Attack {
    static let bundles = [
        Attack("one is gone", "damaged", stranger: "sha256", "os.remove(bundle(LIST))"),
        Attack("one is empty", "damaged", stranger: "sha256", "write(bundle(LIST), b'')"),
        Attack("one is cut", "damaged", stranger: "sha256", "write(bundle(LIST), read(bundle(LIST))[:-9])"),
        Attack("one is padded", "damaged", stranger: "sha256", "write(bundle(LIST), read(bundle(LIST)) + bytes(512))"),
        Attack("one is another's", "damaged", stranger: "sha256", "shutil.copy(bundle(LISTS[1]), bundle(LIST))"),
        Attack(
            "two are swapped", "damaged", stranger: "sha256",
            "a, b = bundle(LIST), bundle(LISTS[1]); x = read(a); write(a, read(b)); write(b, x)"),
        Attack(
            "one byte is another", "damaged", stranger: "sha256",
            "b = bytearray(read(bundle(LIST))); b[len(b) // 2] ^= 1; write(bundle(LIST), bytes(b))"),
        Attack(
            "packed anew by an unknown key", "unknownKey", stranger: "ssh-keygen",
            "repack(lambda found: None, key='mallory')"),
        Attack(
            "no archive at all", "damaged", stranger: "bag",
            "write(bundle(LIST), b'x' * 1000); change(LIST, lambda c: c.update(sha256=digest(bundle(LIST)), bytes=1000))"
        ),
        Attack("a name that climbs out", "damaged", "repack(lambda found: found + [entry('../climbed', b'x')])"),
        Attack(
            "a name that climbs out from below", "damaged",
            "repack(lambda found: found + [entry('data/objects/../../../climbed', b'x')])"),
        Attack("an absolute name", "damaged", "repack(lambda found: found + [entry('/tmp/absolute', b'x')])"),
        Attack(
            "a name that climbs out, told by a pax header", "damaged",
            "def edit(found):\n    info, content = entry('data/harmless', b'x'); info.pax_headers = {'path': '../../climbed'}; return found + [(info, content)]\nrepack(edit)"
        ),
        Attack(
            "a symbolic link", "damaged", stranger: "bag",
            "repack(lambda found: found + [entry('data/link', kind=tarfile.SYMTYPE, link='/etc/passwd')])"),
        Attack(
            "a symbolic link in an object's place", "damaged", stranger: "bag",
            "def edit(found):\n    o = an_object(found); o[0].type, o[0].linkname, o[1] = tarfile.SYMTYPE, '../../../../etc/passwd', b''\nrepack(edit)"
        ),
        Attack(
            "a hard link", "damaged",
            "repack(lambda found: found + [entry('data/hard', kind=tarfile.LNKTYPE, link='data/README.txt')])"),
        Attack("a device", "damaged", "repack(lambda found: found + [entry('data/device', kind=tarfile.CHRTYPE)])"),
        Attack(
            "a named pipe", "damaged", stranger: "bag",
            "repack(lambda found: found + [entry('data/pipe', kind=tarfile.FIFOTYPE)])"),
        Attack("a folder", "damaged", "repack(lambda found: found + [entry('data/folder/', kind=tarfile.DIRTYPE)])"),
        Attack("a file of no bundle", "damaged", "repack(lambda found: found + [entry('data/extra', b'x')])"),
        Attack(
            "a file of no bundle beside the bag's", "damaged",
            "repack(lambda found: found + [entry('run-me.sh', b'x')])"),
        Attack("a name twice", "damaged", "repack(lambda found: found + [found[4]])"),
        Attack("an object twice", "damaged", "repack(lambda found: found + [an_object(found)], objects=1)"),
        Attack(
            "a name that differs in case alone", "damaged",
            "repack(lambda found: found + [entry('data/readme.TXT', b'x')])"),
        Attack(
            "an object's name in capitals", "damaged",
            "def edit(found):\n    o = an_object(found); n = o[0].name; o[0].name = n[:16] + n[16:].upper()\nrepack(edit)"
        ),
        Attack(
            "an object in another's folder", "damaged",
            "def edit(found):\n    o = an_object(found); n = o[0].name; o[0].name = 'data/objects/' + ('00' if n[13:15] != '00' else '01') + n[15:]\nrepack(edit)"
        ),
        Attack("a name with a backslash", "damaged", "repack(lambda found: found + [entry('data\\\\objects', b'x')])"),
        Attack("a name with a line break", "damaged", "repack(lambda found: found + [entry('data/a\\nb', b'x')])"),
        Attack(
            "a name that is no UTF-8", "damaged",
            "repack(lambda found: found + [entry('data/\\udcff', b'x')], fix=False)"),
        Attack(
            "an object that does not hash to its name", "damaged",
            "def edit(found):\n    o = an_object(found); o[1] = o[1] + b'x'\nrepack(edit)"),
        Attack(
            "an object that nobody names", "damaged", "repack(lambda found: found + [named(b'stowaway')], objects=1)"),
        Attack(
            "an object is missing", "damaged",
            "repack(lambda found: [p for p in found if p[0].name != an_object(found)[0].name], objects=-1)"),
        Attack(
            "the log is missing", "damaged", stranger: "bag",
            "repack(lambda found: [p for p in found if p[0].name != 'data/log.jsonl'])"),
        Attack(
            "the README is missing", "damaged",
            "repack(lambda found: [p for p in found if p[0].name != 'data/README.txt'])"),
        Attack(
            "the bag's declaration is another", "damaged", stranger: "bag",
            "repack(lambda found: put(found, 'bagit.txt', lambda c: c.replace(b'1.0', b'9.9')))"),
        Attack("the bag's declaration is missing", "damaged", stranger: "bag", "repack(lambda found: found[1:])"),
        Attack(
            "the bag's manifest lists less", "damaged", stranger: "bag",
            "repack(lambda found: put(found, 'manifest-sha256.txt', lambda c: c.split(b'\\n', 1)[1]), fix=False)"),
        Attack(
            "the bag's manifest lists other hashes", "damaged", stranger: "bag",
            "repack(lambda found: put(found, 'manifest-sha256.txt', lambda c: c.replace(c[:8], b'00000000', 1)), fix=False)"
        ),
        Attack(
            "the bag's tag manifest lists other hashes", "damaged", stranger: "bag",
            "repack(lambda found: put(found, 'tagmanifest-sha256.txt', lambda c: b'0' * 8 + c[8:]), fix=False)"),
        Attack(
            "zeros without end", "damaged",
            "repack(lambda found: found + [entry('data/zeros', bytes(300 << 20))])\nchange(LIST, lambda c: c.update(contentBytes=1 << 20))"
        ),
        Attack(
            "a size that no disk holds", "damaged",
            "raw = subprocess.run(['zstd', '-dcq', bundle(LIST)], stdout=subprocess.PIPE).stdout\ni = tarfile.TarInfo('data/huge'); i.size = 1 << 60\nwrite(bundle(LIST), subprocess.run(['zstd', '-qc'], input=i.tobuf(tarfile.GNU_FORMAT) + raw, stdout=subprocess.PIPE).stdout)\nchange(LIST, lambda c: c.update(sha256=digest(bundle(LIST)), bytes=os.path.getsize(bundle(LIST)), contentBytes=c['contentBytes'] + 512))"
        ),
        Attack("another compression", "damaged", "repack(lambda found: None, compress=('gzip', '-c'))"),
        Attack("no compression", "damaged", "repack(lambda found: None, compress=('cat',))"),
    ]

    static let logs = [
        Attack(
            "a line is left out", "damaged mixed", stranger: "root",
            "repack(lambda found: put(found, 'data/log.jsonl', lambda c: b''.join(c.splitlines(True)[:-1])))"),
        Attack(
            "the first line is left out", "damaged mixed",
            "repack(lambda found: put(found, 'data/log.jsonl', lambda c: c.split(b'\\n', 1)[1]))"),
        Attack(
            "a line twice", "damaged mixed", stranger: "root",
            "repack(lambda found: put(found, 'data/log.jsonl', lambda c: c + c.splitlines(True)[-1]))"),
        Attack(
            "two lines swapped", "damaged mixed", stranger: "root",
            "def swap(c):\n    l = c.splitlines(True); l[1], l[2] = l[2], l[1]; return b''.join(l)\nrepack(lambda found: put(found, 'data/log.jsonl', swap))"
        ),
        Attack(
            "a line at another time", "fork", stranger: "root",
            "def later(c):\n    l = c.splitlines(True); v = json.loads(l[1]); v['recordedAt'] = '2030-01-01T00:00:00Z'; l[1] = canonical(v); return b''.join(l)\nrepack(lambda found: put(found, 'data/log.jsonl', later))"
        ),
        Attack(
            "a line of another kind", "fork damaged", stranger: "root",
            "def other(c):\n    l = c.splitlines(True); v = json.loads(l[1]); v['kind'] = 'custody'; l[1] = canonical(v); return b''.join(l)\nrepack(lambda found: put(found, 'data/log.jsonl', other))"
        ),
        Attack(
            "a line of a kind nobody knows", "damaged", stranger: "root",
            "def other(c):\n    l = c.splitlines(True); v = json.loads(l[1]); v['kind'] = 'gossip'; l[1] = canonical(v); return b''.join(l)\nrepack(lambda found: put(found, 'data/log.jsonl', other))"
        ),
        Attack(
            "a line with white space", "damaged fork", stranger: "root",
            "repack(lambda found: put(found, 'data/log.jsonl', lambda c: c.replace(b'\"index\":1', b'\"index\": 1')))"),
        Attack(
            "lines with other line ends", "damaged fork", stranger: "root",
            "repack(lambda found: put(found, 'data/log.jsonl', lambda c: c.replace(b'\\n', b'\\r\\n')))"),
        Attack(
            "the last line not ended", "damaged", "repack(lambda found: put(found, 'data/log.jsonl', lambda c: c[:-1]))"
        ),
        Attack(
            "another origin's log", "mixed damaged",
            "o = sorted(glob.glob('../friend/archive/*.json'))[0]\nlog = [c for i, c in entries(bundle(o)) if i.name == 'data/log.jsonl'][0]\nrepack(lambda found: put(found, 'data/log.jsonl', lambda c: log))"
        ),
        Attack(
            "a page in another's place, listed under its right name", "damaged",
            "def edit(found):\n    o = [p for p in found if p[0].name.startswith('data/objects/')][-1]; n = named(o[1].replace(b'Headline', b'Headless')); o[0].name, o[1] = n[0].name, n[1]\nrepack(edit)"
        ),
        Attack(
            "a detail in another's place, listed under its right name", "damaged",
            "def edit(found):\n    o = [p for p in found if p[0].name.startswith('data/objects/')][1]; n = named(o[1].replace(b'capturedAt\":\"20', b'capturedAt\":\"19')); o[0].name, o[1] = n[0].name, n[1]\nrepack(edit)"
        ),
        Attack(
            "another genesis, with the unknown key's own log", "fork mixed damaged", stranger: "root",
            "def edit(c):\n    l = c.splitlines(True); v = json.loads(l[0]); v['recordedAt'] = '2020-01-01T00:00:00Z'; l[0] = canonical(v); return b''.join(l)\nrepack(lambda found: put(found, 'data/log.jsonl', edit))"
        ),
    ]
}
