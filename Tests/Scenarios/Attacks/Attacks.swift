extension Attack {
    static let harmless = [
        Attack("nothing", "", ""),
        Attack("the owner signs once more", "", "sign(LAST); sign(LIST)"),
        Attack("the bundle is packed anew by its owner", "", "repack(lambda found: None)"),
        Attack("entries in another order", "", "repack(lambda found: found[:-2] + found[:-3:-1])"),
        Attack(
            "files that are no part of a remote", "",
            "write('archive/notes.txt', b'x'); write('manifests/x.json', b'{}')"),
        Attack("a stranger's key in the hint", "", "write('manifests/allowed_signers', read(KEYS + '/mallory.pub'))"),
    ]

    /// Each member of a manifest: altered and not signed anew, signed by nobody's friend, and signed by a friend.
    static let alteredMembers: [Attack] = {
        let members = [
            ("format", "c['format'] = 2", "malformed", "malformed"),
            ("origin", "c['origin'] = '0' * 64", "otherOrigin", "otherOrigin"),
            ("name", "c['name'] = 'other'", "unknownKey", "notTheOriginsKey"),
            ("number", "c['number'] = 9", "mixed", "mixed"),
            ("created", "c['created'] = '2031-01-01T00:00:00Z'", "unknownKey", "notTheOriginsKey"),
            ("message", "c['message'] = 'x'", "unknownKey", "notTheOriginsKey"),
            ("previous", "c['previous'] = '0' * 64", "unknownKey", "mixed"),
            ("log.size", "c['log']['size'] -= 1", "malformed", "malformed"),
            ("log.root", "c['log']['root'] = '0' * 64", "unknownKey", "fork notTheOriginsKey"),
            ("counts", "c['counts']['captures'] -= 1", "unknownKey", "notTheOriginsKey"),
            ("heads", "c['heads'] = [dict(origin='1' * 64, root='2' * 64, size=3)]", "unknownKey", "notTheOriginsKey"),
        ]
        return members.flatMap { member, edit, unknown, friend in
            let alter = "def edit(c): \(edit)\n"
            return [
                Attack(
                    "\(member), not signed anew", "badSignature", stranger: "ssh-keygen",
                    alter + "change(LAST, edit, key=None)"),
                Attack(
                    "\(member), signed by an unknown key", unknown, stranger: "ssh-keygen",
                    alter + "change(LAST, edit, key='mallory')"),
                Attack(
                    "\(member), signed by a trusted key that is not the origin's", friend,
                    alter + "change(LAST, edit, key='friend')"),
            ]
        }
    }()

    static let signatures = [
        Attack("a manifest's is dropped", "unsigned", stranger: "ssh-keygen", "os.remove(LAST + '.sig')"),
        Attack("the first manifest's is dropped", "unsigned", stranger: "ssh-keygen", "os.remove(FIRST + '.sig')"),
        Attack("a packing list's is dropped", "unsigned", stranger: "ssh-keygen", "os.remove(LIST + '.sig')"),
        Attack("one is empty", "badSignature", stranger: "ssh-keygen", "write(LAST + '.sig', b'')"),
        Attack(
            "one is cut in half", "badSignature", stranger: "ssh-keygen",
            "write(LAST + '.sig', read(LAST + '.sig')[:150])"),
        Attack(
            "two manifests' are swapped", "badSignature", stranger: "ssh-keygen",
            "a, b = read(FIRST + '.sig'), read(LAST + '.sig'); write(FIRST + '.sig', b); write(LAST + '.sig', a)"),
        Attack(
            "a packing list's is put on a manifest", "wrongNamespace", stranger: "ssh-keygen",
            "shutil.copy(LIST + '.sig', LAST + '.sig')"),
        Attack(
            "a manifest's is put on a packing list", "wrongNamespace", stranger: "ssh-keygen",
            "shutil.copy(LAST + '.sig', LIST + '.sig')"),
        Attack(
            "the owner's, for another purpose", "wrongNamespace", stranger: "ssh-keygen", "sign(LAST, namespace='file')"
        ),
        Attack(
            "the owner's, on a packing list, for a manifest", "wrongNamespace", stranger: "ssh-keygen",
            "sign(LIST, namespace='stet-manifest')"),
        Attack(
            "of an unknown key on everything", "unknownKey", stranger: "ssh-keygen",
            "for d in MANIFESTS + LISTS: sign(d, 'mallory')"),
        Attack(
            "of an unknown key that the remote calls trusted", "unknownKey", stranger: "ssh-keygen",
            "for d in MANIFESTS + LISTS: sign(d, 'mallory')\nwrite('manifests/allowed_signers', b'desk ' + read(KEYS + '/mallory.pub'))"
        ),
        Attack(
            "of a trusted key that is not the origin's, on everything", "notTheOriginsKey", stranger: "genesis",
            "for d in MANIFESTS + LISTS: sign(d, 'friend')"),
        Attack(
            "of a trusted key that is not the origin's, on one manifest", "notTheOriginsKey", stranger: "genesis",
            "sign(FIRST, 'friend')"),
        Attack(
            "with other line ends", "badSignature",
            "write(LAST + '.sig', read(LAST + '.sig').replace(b'\\n', b'\\r\\n'))"),
        Attack("with something behind it", "badSignature", "write(LAST + '.sig', read(LAST + '.sig') + b'x\\n')"),
        Attack("two in one file", "badSignature", "write(LAST + '.sig', read(LAST + '.sig') * 2)"),
        Attack(
            "in lines of another width", "badSignature",
            "s = read(LAST + '.sig').split(b'\\n'); b = b''.join(s[1:-2]); write(LAST + '.sig', b'\\n'.join([s[0]] + [b[i:i + 64] for i in range(0, len(b), 64)] + s[-2:]))"
        ),
        Attack(
            "larger than any signature", "damaged", stranger: "ssh-keygen", "write(LAST + '.sig', b'x' * (2 << 20))"),
    ]

    static let spellings = [
        Attack(
            "a member that stands twice", "malformed", "spell(LAST, b'\"message\":', b'\"message\":\"\",\"message\":')"),
        Attack(
            "the same member twice, once with an escape", "malformed",
            "spell(LAST, b'\"name\":', b'\"\\\\u006eame\":\"x\",\"name\":')"),
        Attack("a member nobody knows", "malformed", "spell(LAST, b'{\"counts\"', b'{\"aaa\":1,\"counts\"')"),
        Attack("a fraction", "malformed", "spell(LAST, b'\"number\":2', b'\"number\":2.0')"),
        Attack("an exponent", "malformed", "spell(LAST, b'\"number\":2', b'\"number\":2e0')"),
        Attack("a leading zero", "malformed", "spell(LAST, b'\"number\":2', b'\"number\":02')"),
        Attack("minus zero", "malformed", "spell(LAST, b'\"captures\":6', b'\"captures\":-0')"),
        Attack("a negative size", "malformed", "spell(LAST, b'\"size\":7', b'\"size\":-7')"),
        Attack(
            "a number beyond what all languages agree on", "malformed",
            "spell(LAST, b'\"size\":7', b'\"size\":9007199254740993')"),
        Attack("a number as text", "malformed", "spell(LAST, b'\"number\":2', b'\"number\":\"2\"')"),
        Attack("a byte order mark", "malformed", "write(LAST, b'\\xef\\xbb\\xbf' + read(LAST)); sign(LAST)"),
        Attack("UTF-16", "malformed", "write(LAST, read(LAST).decode().encode('utf-16')); sign(LAST)"),
        Attack("a carriage return at the end", "malformed", "write(LAST, read(LAST)[:-1] + b'\\r\\n'); sign(LAST)"),
        Attack("no newline at the end", "malformed", "write(LAST, read(LAST)[:-1]); sign(LAST)"),
        Attack("two newlines at the end", "malformed", "write(LAST, read(LAST) + b'\\n'); sign(LAST)"),
        Attack("a second document behind the first", "malformed", "write(LAST, read(LAST) * 2); sign(LAST)"),
        Attack("white space", "malformed", "spell(LAST, b'\"number\":2', b'\"number\": 2')"),
        Attack(
            "members in another order", "malformed",
            "write(LAST, json.dumps(dict(reversed(list(load(LAST).items()))), separators=(',', ':')).encode() + b'\\n'); sign(LAST)"
        ),
        Attack("an escape that is not needed", "malformed", "spell(LAST, b'\"name\":\"p', b'\"name\":\"\\\\u0070')"),
        Attack(
            "a hash in capitals", "malformed",
            "spell(LAST, load(LAST)['log']['root'].encode(), load(LAST)['log']['root'].upper().encode())"),
        Attack("null", "malformed", "spell(LAST, b'\"message\":\"\"', b'\"message\":null')"),
        Attack("no UTF-8", "malformed", "spell(LAST, b'\"message\":\"\"', b'\"message\":\"\\xff\"')"),
        Attack("half a surrogate", "malformed", "spell(LAST, b'\"message\":\"\"', b'\"message\":\"\\\\ud800\"')"),
        Attack(
            "a time in another zone's spelling", "malformed",
            "change(LAST, lambda c: c.update(created='2026-03-02T06:40:00+00:00'))"),
        Attack("a time that is none", "malformed", "change(LAST, lambda c: c.update(created='2026-02-30T06:40:00Z'))"),
        Attack("nested without end", "malformed", "write(LAST, b'[' * 5_000_000 + b'\\n'); sign(LAST)"),
        Attack("larger than any manifest", "damaged", "write(LAST, read(LAST)[:-2] + b' ' * (17 << 20)); sign(LAST)"),
        Attack(
            "a packing list with a member that stands twice", "malformed",
            "spell(LIST, b'\"bytes\":', b'\"bytes\":1,\"bytes\":')"),
        Attack("a packing list with a fraction", "malformed", "spell(LIST, b'\"from\":0', b'\"from\":0.0')"),
        Attack("a packing list with a member nobody knows", "malformed", "spell(LIST, b'{\"', b'{\"aaa\":1,\"')"),
    ]

    static let mixtures = [
        Attack("the last manifest is gone", "damaged", "os.remove(LAST); os.remove(LAST + '.sig')"),
        Attack("the first manifest is gone", "mixed damaged", "os.remove(FIRST); os.remove(FIRST + '.sig')"),
        Attack(
            "a manifest under another number", "mixed",
            "n = LAST.replace('-2.json', '-3.json'); shutil.copy(LAST, n); shutil.copy(LAST + '.sig', n + '.sig')"),
        Attack(
            "a manifest in another's place", "mixed",
            "shutil.copy(FIRST, LAST); shutil.copy(FIRST + '.sig', LAST + '.sig')"),
        Attack(
            "another origin's manifest in the place of this one's", "otherOrigin",
            "other = sorted(glob.glob('../friend/manifests/*-2.json'))[0]; shutil.copy(other, LAST); shutil.copy(other + '.sig', LAST + '.sig')"
        ),
        Attack(
            "another origin's packing list in the place of this one's", "otherOrigin",
            "other = sorted(glob.glob('../friend/archive/*.json'))[0]; shutil.copy(other, LIST); shutil.copy(other + '.sig', LIST + '.sig')"
        ),
        Attack(
            "a manifest that names another predecessor", "mixed", "change(LAST, lambda c: c.update(previous='0' * 64))"),
        Attack(
            "a first manifest that names a predecessor", "malformed",
            "change(FIRST, lambda c: c.update(previous='0' * 64))"
        ),
        Attack("a manifest without predecessor", "malformed", "change(LAST, lambda c: c.pop('previous'))"),
        Attack(
            "a first manifest that was changed later", "mixed",
            "change(FIRST, lambda c: c.update(message='x'), links=False)"),
        Attack(
            "a log that shrank", "mixed rollback damaged",
            "change(LAST, lambda c: (c['log'].update(size=3), c['counts'].update(captures=2)))"),
        Attack("a log of no lines", "malformed", "change(LAST, lambda c: c['log'].update(size=0))"),
        Attack("another root", "fork", stranger: "root", "change(LAST, lambda c: c['log'].update(root='0' * 64))"),
        Attack(
            "another root of the first snapshot", "fork", stranger: "root",
            "change(FIRST, lambda c: c['log'].update(root='0' * 64))"),
        Attack("fewer captures than there are", "mixed", "change(LAST, lambda c: c['counts'].update(captures=5))"),
        Attack("more captures than lines", "malformed", "change(LAST, lambda c: c['counts'].update(captures=9))"),
        Attack(
            "its own head among the others'", "malformed",
            "change(LAST, lambda c: c.update(heads=[dict(origin=ORIGIN, root='2' * 64, size=3)]))"),
        Attack(
            "heads in another order", "malformed",
            "change(LAST, lambda c: c.update(heads=[dict(origin=d * 64, root='2' * 64, size=3) for d in '21']))"),
        Attack(
            "a head twice", "malformed",
            "change(LAST, lambda c: c.update(heads=[dict(origin='1' * 64, root='2' * 64, size=3)] * 2))"),
        Attack(
            "a packing list for a manifest that is not here", "mixed",
            "change(LIST, lambda c: c.update(manifest='0' * 64))"),
        Attack(
            "a packing list that names another file", "malformed",
            "change(LIST, lambda c: c.update(file='../../x.tar.zst'))"),
        Attack("a packing list of another range", "malformed", "change(LIST, lambda c: c.update(to=c['to'] - 1))"),
        Attack("a packing list of no lines", "malformed", "change(LIST, lambda c: c.update(to=0))"),
        Attack(
            "a packing list with the hash of another bundle", "damaged", stranger: "sha256",
            "change(LIST, lambda c: c.update(sha256=digest(bundle(LISTS[1]))))"),
        Attack(
            "a packing list with another length", "damaged", "change(LIST, lambda c: c.update(bytes=c['bytes'] + 1))"),
        Attack(
            "a packing list with too small a bound", "damaged", "change(LIST, lambda c: c.update(contentBytes=1000))"),
        Attack(
            "a packing list with more objects than there are", "damaged",
            "change(LIST, lambda c: c.update(objects=c['objects'] + 1))"),
        Attack(
            "a packing list with fewer objects than there are", "damaged",
            "change(LIST, lambda c: c.update(objects=c['objects'] - 1))"),
        Attack(
            "a packing list that builds on bundles, and does not say on which objects", "malformed",
            "change(LIST, lambda c: c.update(buildsOn=['0' * 64]))"),
        Attack(
            "a packing list that builds on an object that is nowhere", "damaged",
            "change(LIST, lambda c: c.update(buildsOn=['0' * 64], base=['0' * 64]))"),
        Attack(
            "a packing list that leaves out what is there", "damaged",
            "change(LIST, lambda c: c.update(leftOut=[[c['from'] + 1, c['to']]]))"),
        Attack("a packing list is gone", "damaged", "os.remove(LIST)"),
        Attack(
            "a packing list signed by an unknown key", "unknownKey", stranger: "ssh-keygen", "sign(LIST, 'mallory')"),
    ]
}
