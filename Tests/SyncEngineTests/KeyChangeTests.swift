import Capturing
import Foundation
import Models
import Storage
import SyncEngine
import Testing

@Suite("Keys of an origin, and histories that contradict each other")
struct KeyChangeTests {
    private func code(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "accepted"
        } catch SyncError.distrust(_, let reason) {
            return Self.name(reason)
        } catch {
            return "\(error)"
        }
    }

    private static func name(_ reason: Distrust) -> String { String(String(describing: reason).prefix { $0 != "(" }) }

    private func story(_ place: Workplace, _ number: Int, in archive: Archive) throws {
        try place.record("Headline \(number)\n\nText of story \(number).", "https://a.example/\(number)", in: archive)
    }

    private func snapshot(_ place: Workplace, _ archive: Archive, _ key: SigningKey, _ all: [SigningKey]) throws {
        _ = try SnapshotMaker(archive, key: key, trust: Workplace.trust(all), tool: "test", clock: { Workplace.time })
            .make(message: "")
    }

    /// Three snapshots: the first by `old`, the second over the change itself and the third by `new`.
    private func rotated(_ place: Workplace, _ old: SigningKey, _ new: SigningKey) throws -> Archive {
        let archive = try place.archive("press", key: old)
        try story(place, 1, in: archive)
        try snapshot(place, archive, old, [old, new])
        let change = try KeyRotator(archive, tool: "test").rotate(from: old, to: new)
        #expect(change.index == 2 && change.key == new.publicKey)
        try snapshot(place, archive, new, [old, new])
        try story(place, 2, in: archive)
        try snapshot(place, archive, new, [old, new])
        return archive
    }

    private func manifest(_ place: Workplace, _ archive: Archive, _ number: Int) -> String {
        "press/manifests/\(archive.origin)-\(number).json"
    }

    @Test("after a key change the new key signs, and both must be trusted")
    func rotation() throws {
        let place = try Workplace()
        let (old, new) = (SigningKey(comment: "old"), SigningKey(comment: "new"))
        let archive = try rotated(place, old, new)
        let history = try #require(try archive.keyHistory(of: archive.origin))
        #expect((1...4).map { history.key(at: $0) } == [old, old, new, new].map(\.publicKey))
        let trust = Workplace.trust([old, new])
        let report = try SnapshotChecker(archive, trust: trust).check(bundles: true)
        #expect(report.snapshots.count == 3 && report.distrusted.isEmpty && report.damages.isEmpty)
        #expect(report.snapshots.map(\.proof) == [nil, 1, 3])
        let copy = try place.restore("press", trust: trust)
        #expect(try copy.keyHistory(of: archive.origin)?.terms == history.terms)
        #expect(code { _ = try place.restore("press", trust: Workplace.trust([new])) } == "unknownKey")
        do {
            _ = try place.restore("press", trust: Workplace.trust([old]))
            Issue.record("the new key was believed because the old one is")
        } catch SyncError.distrust(_, .unknownKey(let found, _, let earlier)) {
            #expect(found == new.publicKey.fingerprint && earlier == old.publicKey.fingerprint)
        }
        #expect(code { try snapshot(place, archive, old, [old, new]) } == "notTheOriginsKey")
        #expect(code { _ = try KeyRotator(archive, tool: "t").rotate(from: old, to: new) } == "notTheOriginsKey")
        // A key that was given up stays given up.
        #expect(code { _ = try KeyRotator(archive, tool: "t").rotate(from: new, to: old) } == "badKeyChange")
        #expect(code { _ = try KeyRotator(archive, tool: "t").rotate(from: new, to: new) } == "badKeyChange")
    }

    @Test("a key that was given up cannot sign later, and a new one cannot sign earlier")
    func wrongKeyForTheSize() throws {
        let place = try Workplace()
        let (old, new) = (SigningKey(comment: "old"), SigningKey(comment: "new"))
        let archive = try rotated(place, old, new)
        let trust = Workplace.trust([old, new])
        for (number, signer, expected) in [
            (3, old, "formerKey"), (2, old, "formerKey"), (1, new, "notTheOriginsKey"),
        ] {
            let file = manifest(place, archive, number)
            try place.shell("rm -rf kept && cp -a press kept")
            try place.sign(file, namespace: .manifest, with: signer)
            #expect(code { _ = try place.restore("press", trust: trust) } == expected, "snapshot \(number)")
            let report = try SnapshotChecker(archive, trust: trust).check(bundles: false)
            #expect(report.distrusted.map { Self.name($0.reason) } == [expected], "snapshot \(number)")
            try place.shell("cp -a kept/manifests/. press/manifests/")
        }
        #expect(code { _ = try place.restore("press", trust: trust) } == "accepted")
    }

    @Test("a change counts only with both signatures, over this place in this log")
    func forgedChanges() throws {
        let (old, new, thief) = (SigningKey(comment: "o"), SigningKey(comment: "n"), SigningKey(comment: "t"))
        let origin = OriginID(ObjectID(hashing: [1]))
        let other = OriginID(ObjectID(hashing: [2]))
        var random = SystemRandomNumberGenerator()
        let salt = Salt(using: &random)
        func text(_ key: SigningKey) -> String { key.publicKey.description }
        func signed(
            _ by: SigningKey, origin: OriginID = origin, index: Int = 5, key: SigningKey = new,
            previous: SigningKey = old,
            namespace: SSHSignature.Namespace = .keyChange
        ) throws -> String {
            let statement = KeyChangeDetail.statement(
                origin: origin, index: index, key: text(key), previous: text(previous))
            return try SSHSignature(signing: statement, namespace: namespace, with: by).armored
        }
        func result(
            key: String? = nil, previous: String? = nil, _ byPrevious: String, _ byKey: String
        ) -> String {
            code {
                var history = try KeyHistory(origin: origin, genesisKey: text(old))
                let detail = KeyChangeDetail(
                    key: key ?? text(new), previous: previous ?? text(old), signedByPrevious: byPrevious,
                    signedByKey: byKey, salt: salt, tool: "t")
                let read = try Detail(parsing: Detail.keyChange(detail).bytes)
                guard case .keyChange(let same) = read else { throw SyncError.notAKey("kind") }
                try history.apply(same, index: 5, file: "f")
            }
        }
        #expect(result(try signed(old), try signed(new)) == "accepted")
        let forged: [(String, String)] = [
            ("the old key did not sign", result(try signed(thief), try signed(new))),
            ("the new key did not sign", result(try signed(old), try signed(thief))),
            ("the same signature twice", result(try signed(old), try signed(old))),
            ("signatures swapped", result(try signed(new), try signed(old))),
            ("another place", result(try signed(old, index: 6), try signed(new, index: 6))),
            ("another log", result(try signed(old, origin: other), try signed(new, origin: other))),
            ("another new key", result(key: text(thief), try signed(old), try signed(thief, key: thief))),
            (
                "another old key",
                result(previous: text(thief), try signed(thief, previous: thief), try signed(new, previous: thief))
            ),
            ("a manifest's namespace", result(try signed(old, namespace: .manifest), try signed(new))),
            ("no signature", result("", try signed(new))),
            ("a key with a comment", result(key: text(new) + " x", try signed(old), try signed(new))),
            ("no key", result(key: "ssh-ed25519 AAAA", try signed(old), try signed(new))),
            ("the same key", result(key: text(old), try signed(old, key: old), try signed(old, key: old))),
        ]
        for (name, result) in forged { #expect(result == "badKeyChange", "\(name)") }
    }

    @Test("a record that takes a log over is named when the archive is checked, and stops a snapshot")
    func takeover() throws {
        let place = try Workplace()
        let (key, thief) = (SigningKey(comment: "k"), SigningKey(comment: "t"))
        let archive = try place.archive("press", key: key)
        try story(place, 1, in: archive)
        try snapshot(place, archive, key, [key, thief])
        var random = SystemRandomNumberGenerator()
        let statement = KeyChangeDetail.statement(
            origin: archive.origin, index: 2, key: thief.publicKey.description, previous: key.publicKey.description)
        let signature = try SSHSignature(signing: statement, namespace: .keyChange, with: thief).armored
        let change = KeyChangeDetail(
            key: thief.publicKey.description, previous: key.publicKey.description, signedByPrevious: signature,
            signedByKey: signature, salt: Salt(using: &random), tool: "t")
        #expect(try !archive.record(.keyChange(change), at: 1))
        #expect(try archive.record(.keyChange(change), at: 2))
        let report = try SnapshotChecker(archive, trust: Workplace.trust([key, thief])).check(bundles: false)
        #expect(report.distrusted.map { Self.name($0.reason) } == ["badKeyChange"])
        #expect(code { try snapshot(place, archive, thief, [key, thief]) } == "badKeyChange")
        #expect(code { try snapshot(place, archive, key, [key, thief]) } == "badKeyChange")
    }

    @Test("who signed twice for one number is found out, and both manifests are kept as evidence")
    func equivocation() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let trust = Workplace.trust([key])
        let archive = try place.archive("press", key: key)
        try story(place, 1, in: archive)
        try snapshot(place, archive, key, [key])
        try place.shell("cp -a press stick && cp -a press twin")
        let same = try HistoryComparer(archive, trust: trust).compare(with: place.path("stick"))
        #expect(same.distrusted.isEmpty && same.agreeing.map(\.number) == [1])
        let twin = try Archive(opening: place.path("twin"), interpreter: .articles, clock: { Workplace.time })
        for (number, one) in [(2, archive), (3, twin)] {
            try story(place, number, in: one)
            try snapshot(place, one, key, [key])
        }
        let report = try HistoryComparer(archive, trust: trust).compare(with: place.path("twin"))
        #expect(report.distrusted.count == 1)
        guard case .equivocation(2, let evidence) = try #require(report.distrusted.first).reason else {
            Issue.record("\(report.distrusted)")
            return
        }
        #expect(evidence.count == 2)
        for file in evidence {
            try Data(AllowedSigners.line(principal: "desk", key: key.publicKey).utf8).write(
                to: URL(filePath: place.path("signers")))
            #expect(
                try place.shell(
                    "ssh-keygen -Y verify -f signers -I desk -n stet-manifest -s press/\(file).sig < press/\(file)"
                ).exit == 0)
        }
        // Where the numbers differ, the roots still tell.
        try place.shell("rm twin/manifests/*-2.json*")
        try story(place, 4, in: twin)
        try place.shell("cp stick/manifests/*-1.json* twin/manifests/")
        let fork = try HistoryComparer(twin, trust: trust).compare(with: place.path("press"))
        #expect(fork.distrusted.map { Self.name($0.reason) } == ["fork"])
    }

    @Test("a copy that shows less of another's log than was seen here is a rollback; an older copy of one's own is not")
    func rollback() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let trust = Workplace.trust([key])
        let archive = try place.archive("press", key: key)
        try story(place, 1, in: archive)
        try snapshot(place, archive, key, [key])
        try place.shell("cp -a press old")
        try story(place, 2, in: archive)
        try snapshot(place, archive, key, [key])
        let reader = try place.restore("press", trust: trust)
        let seen = try HistoryComparer(reader, trust: trust).compare(with: place.path("old"))
        #expect(seen.distrusted.map { Self.name($0.reason) } == ["rollback"])
        let own = try HistoryComparer(archive, trust: trust).compare(with: place.path("old"))
        #expect(own.distrusted.isEmpty && own.agreeing.map(\.number) == [1])
    }

    @Test("what others have witnessed is held against the logs that are here")
    func witnesses() throws {
        let place = try Workplace()
        let (key, witness) = (SigningKey(comment: "desk"), SigningKey(comment: "witness"))
        let trust = Workplace.trust([key, witness])
        let archive = try place.archive("press", key: key)
        try story(place, 1, in: archive)
        try snapshot(place, archive, key, [key])
        try place.shell("cp -a press twin")
        try story(place, 2, in: archive)
        try snapshot(place, archive, key, [key])
        // The witness restores, and signs for what it has seen.
        let reader = try place.archive("reader", key: witness)
        let restorer = Restorer(from: place.path("press"), trust: trust)
        _ = try restorer.restore(try restorer.plan(), into: reader, tool: "test")
        _ = try SnapshotMaker(reader, key: witness, trust: trust, tool: "test", clock: { Workplace.time }).make(
            message: "")
        let good = try SnapshotChecker(reader, trust: trust).check(bundles: true)
        #expect(good.distrusted.isEmpty && good.unseen.isEmpty)
        #expect(good.snapshots.map(\.witnessed).reduce(0, +) == 1)
        // The witness's snapshot comes to a machine that holds another history of the same log, or less of it.
        let both = try place.restore("reader", trust: trust)
        #expect(try both.logs().count == 3)
        let twin = try Archive(opening: place.path("twin"), interpreter: .articles, clock: { Workplace.time })
        try place.shell("cp '\(reader.path)'/manifests/\(reader.origin)-1.json* twin/manifests/")
        let short = try SnapshotChecker(twin, trust: trust).check(bundles: false)
        #expect(short.distrusted.map { Self.name($0.reason) } == ["rollback"])
    }

    @Test("a log that a witness saw otherwise is a fork, named with its witness")
    func witnessedFork() throws {
        let place = try Workplace()
        let (key, witness) = (SigningKey(comment: "desk"), SigningKey(comment: "witness"))
        let trust = Workplace.trust([key, witness])
        let archive = try place.archive("press", key: key)
        try story(place, 1, in: archive)
        try snapshot(place, archive, key, [key])
        let reader = try place.archive("reader", key: witness)
        let restorer = Restorer(from: place.path("press"), trust: trust)
        _ = try restorer.restore(try restorer.plan(), into: reader, tool: "test")
        try snapshot(place, reader, witness, [key, witness])
        let copy = try place.restore("reader", trust: trust)
        // The witness signs that it saw another root.
        let name = "manifests/\(reader.origin)-1.json"
        func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: place.path(file)))) }
        let old = try Manifest(parsing: try bytes("reader/\(name)"))
        let lie = Manifest(
            origin: old.origin, name: old.name, number: 1, created: old.created, message: "", previous: nil,
            log: old.log, captures: old.captures,
            heads: [archive.origin: Manifest.Head(size: 2, root: ObjectID(hashing: [9]))])
        try Data(lie.bytes).write(to: URL(filePath: place.path("reader/\(name)")))
        try place.sign("reader/\(name)", namespace: .manifest, with: witness)
        let list = "reader/archive/\(reader.origin)-0-\(old.log.size).json"
        let packed = try PackingList(parsing: try bytes(list))
        let anew = PackingList(
            origin: packed.origin, from: packed.from, to: packed.to, sha256: packed.sha256, bytes: packed.bytes,
            contentBytes: packed.contentBytes, objects: packed.objects, manifest: lie.id, buildsOn: [])
        try Data(anew.encoded).write(to: URL(filePath: place.path(list)))
        try place.sign(list, namespace: .bundle, with: witness)
        #expect(code { _ = try place.restore("reader", trust: trust) } == "witnessedFork")
        try place.shell("cp 'reader/\(name)' 'reader/\(name).sig' '\(copy.path)/manifests/'")
        let report = try SnapshotChecker(copy, trust: trust).check(bundles: false)
        #expect(report.distrusted.map { Self.name($0.reason) } == ["witnessedFork"])
    }

    @Test("a gap in the numbers, another origin's manifest, and a key that was not valid then are named")
    func otherRefusals() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try place.archive("press", key: key)
        for number in 1...3 {
            try story(place, number, in: archive)
            try snapshot(place, archive, key, [key])
        }
        let line = "desk namespaces=\"stet-manifest,stet-bundle\","
        for (options, expected) in [
            ("valid-after=\"20260302Z\"", "keyNotYetValid"), ("valid-before=\"20260201Z\"", "keyExpired"),
        ] {
            let trust = AllowedSigners(parsing: "\(line)\(options) \(key.publicKey)")
            #expect(code { _ = try place.restore("press", trust: trust) } == expected)
        }
        let revoked = "\(line)valid-before=\"20260201Z\" \(key.publicKey) revoked"
        #expect(code { _ = try place.restore("press", trust: AllowedSigners(parsing: revoked)) } == "keyRevoked")
        let file = AllowedSigners(parsing: "desk namespaces=\"file\" \(key.publicKey)")
        #expect(code { _ = try place.restore("press", trust: file) } == "keyNotForThis")
        // A second key of the same origin's owner does no harm, in any order.
        let two = "desk \(SigningKey(comment: "x").publicKey)\ndesk \(key.publicKey)"
        #expect(code { _ = try place.restore("press", trust: AllowedSigners(parsing: two)) } == "accepted")

        let trust = Workplace.trust([key])
        let other = try place.archive("other", key: key)
        try story(place, 1, in: other)
        try snapshot(place, other, key, [key])
        try place.shell(
            "cp -a press swapped; for s in '' .sig; do cp other/manifests/\(other.origin)-1.json$s swapped/manifests/\(archive.origin)-1.json$s; done"
        )
        #expect(code { _ = try place.restore("swapped", trust: trust) } == "otherOrigin")
        try place.shell("rm press/manifests/*-2.json*")
        let report = try SnapshotChecker(archive, trust: trust).check(bundles: false)
        #expect(report.missing.map(\.file) == ["manifests/\(archive.origin)-2.json"])
        #expect(report.snapshots.map(\.manifest.number) == [1, 3] && report.distrusted.isEmpty)
    }

    @Test("what a signature cannot say is said: age, the future, a key revoked since")
    func caveats() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try place.archive("press", key: key)
        try snapshot(place, archive, key, [key])
        let line = "\(AllowedSigners.line(principal: "desk", key: key.publicKey))"
        let until = "desk valid-before=\"20260401Z\" \(key.publicKey) revoked"
        for (trust, now, expected) in [
            (line, "2026-03-30T23:59:59Z", []), (line, "2026-03-31T00:00:00Z", [Restorer.Caveat.old(days: 30)]),
            (line, "2026-02-28T12:00:00Z", []), (line, "2026-02-01T00:00:00Z", [.fromTheFuture]),
            (until, "2026-03-02T00:00:00Z", [.revoked(try #require(Timestamp("2026-04-01T00:00:00Z")))]),
        ] {
            let restorer = Restorer(from: place.path("press"), trust: AllowedSigners(parsing: trust))
            let copy = try place.archive("copy-\(UUID().uuidString)", key: SigningKey(comment: "r"))
            let restored = try restorer.restore(try restorer.plan(), into: copy, tool: "test")
            #expect(restored.map { $0.caveats(now: Timestamp(now) ?? Workplace.time) } == [expected], "\(now)")
        }
    }
}
