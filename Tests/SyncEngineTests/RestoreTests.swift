import Foundation
import Models
import Storage
import SyncEngine
import Testing

@Suite("Restoring")
struct RestoreTests {
    private func code(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "accepted"
        } catch SyncError.distrust(_, let reason) {
            return String(String(describing: reason).prefix { $0 != "(" })
        } catch SyncError.damaged {
            return "damaged"
        } catch {
            return "\(error)"
        }
    }

    /// An archive of two snapshots.
    private func press(_ place: Workplace, _ key: SigningKey, name: String = "press") throws -> Archive {
        let archive = try place.archive(name, key: key)
        for number in 1...2 {
            for story in 1...3 {
                try place.record(
                    "Headline \(number) of story \(story)\n\nText \(number).", "https://a.example/\(story)", in: archive
                )
            }
            _ = try place.snapshot(archive, key)
        }
        return archive
    }

    private func file(_ place: Workplace, _ folder: String, _ suffix: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path(folder)).sorted()
        return "\(folder)/" + (try #require(names.first { $0.hasSuffix(suffix) }))
    }

    private func edit(_ place: Workplace, _ file: String, _ from: String, _ to: String) throws {
        let text = try String(contentsOfFile: place.path(file), encoding: .utf8)
        try #require(text.contains(from))
        try text.replacingOccurrences(of: from, with: to).write(
            toFile: place.path(file), atomically: true, encoding: .utf8)
    }

    @Test("gives the same logs and objects, and takes custody")
    func whole() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let press = try press(place, key)
        let copy = try place.restore("press", trust: Workplace.trust([key]))
        let log = try #require(try copy.logs().first { $0.origin == press.origin })
        #expect(log.head == (try press.logs()[0].head))
        #expect(try copy.articles().count == 3)
        #expect(try copy.logs()[0].head.size == 2)
        let report = try SnapshotChecker(copy, trust: Workplace.trust([key])).check(bundles: true)
        #expect(
            report.snapshots.count == 2 && report.damages.isEmpty && report.distrusted.isEmpty && report.missing.isEmpty
        )
    }

    @Test("follows bundles that were split")
    func split() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try place.archive("press", key: key)
        for number in 0..<12 {
            try place.record(
                "Headline \(number)\n\n" + String(repeating: "Text \(number). ", count: 3000),
                "https://a.example/\(number)", in: archive)
        }
        let snapshot = try place.snapshot(archive, key, largestBundle: 100_000)
        #expect(snapshot.bundleFiles.count > 3)
        #expect(try place.restore("press", trust: Workplace.trust([key])).articles().count == 12)
    }

    @Test("refuses what is signed wrongly, each with its own error")
    func signatures() throws {
        let place = try Workplace()
        let (key, other) = (SigningKey(comment: "desk"), SigningKey(comment: "other"))
        _ = try press(place, key)
        let trust = Workplace.trust([key, other])
        let manifest = try file(place, "press/manifests", "-2.json")
        let list = try file(place, "press/archive", ".json")
        func refused(_ change: () throws -> Void) throws -> String {
            try place.shell("rm -rf kept && cp -a press kept")
            try change()
            let result = code { _ = try place.restore("press", trust: trust) }
            try place.shell("rm -rf press && mv kept press")
            return result
        }
        #expect(code { _ = try place.restore("press", trust: Workplace.trust([other])) } == "unknownKey")
        #expect(code { _ = try place.restore("press", trust: AllowedSigners(parsing: "")) } == "unknownKey")
        #expect(try refused { try place.shell("rm '\(manifest).sig'") } == "unsigned")
        #expect(try refused { try place.shell("rm '\(list).sig'") } == "unsigned")
        #expect(try refused { try place.sign(manifest, namespace: .bundle, with: key) } == "wrongNamespace")
        #expect(try refused { try place.sign(list, namespace: .manifest, with: key) } == "wrongNamespace")
        #expect(try refused { try edit(place, manifest, "\"number\":2", "\"number\":3") } == "badSignature")
        #expect(try refused { try place.sign(manifest, namespace: .manifest, with: other) } == "notTheOriginsKey")
        #expect(try refused { try place.shell("cp '\(manifest).sig' '\(list).sig'") } == "wrongNamespace")
        #expect(code { _ = try place.restore("press", trust: trust) } == "accepted")
    }

    @Test("refuses what its owner signed but what does not fit together")
    func contradictions() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        _ = try press(place, key)
        let manifest = try file(place, "press/manifests", "-2.json")
        let first = try file(place, "press/manifests", "-1.json")
        let list = try file(place, "press/archive", ".json")
        func refused(_ file: String, _ from: String, _ to: String) throws -> String {
            try place.shell("rm -rf kept && cp -a press kept")
            try edit(place, file, from, to)
            try place.sign(file, namespace: file == list ? .bundle : .manifest, with: key)
            let result = code { _ = try place.restore("press", trust: Workplace.trust([key])) }
            try place.shell("rm -rf press && mv kept press")
            return result
        }
        #expect(try refused(manifest, "\"number\":2", "\"number\":3") == "mixed")
        #expect(try refused(manifest, "\"size\":7", "\"size\":6") == "malformed")
        #expect(try refused(manifest, "\"size\":7", "\"size\":8") == "mixed")
        #expect(try refused(manifest, "\"captures\":6", "\"captures\":5") == "mixed")
        #expect(try refused(manifest, "\"captures\":6", "\"captures\": 6") == "malformed")
        #expect(try refused(manifest, "\"captures\":6", "\"captures\":6.0") == "malformed")
        #expect(try refused(manifest, "{\"counts\"", "{\"aaa\":1,\"counts\"") == "malformed")
        #expect(try refused(manifest, "\"name\":\"press\"", "\"name\":\"press\",\"name\":\"press\"") == "malformed")
        #expect(try refused(first, "\"message\":\"\"", "\"message\":\"x\"") == "mixed")
        #expect(try refused(list, "\"from\":0", "\"from\":1") == "malformed")
        #expect(try refused(list, "\"objects\":", "\"objects\":1") == "damaged")
        #expect(try refused(list, "\"bytes\":", "\"bytes\":1") == "damaged")
        #expect(try refused(list, "\"contentBytes\":", "\"contentBytes\":0") == "malformed")
    }

    @Test("refuses a history other than the one that was signed, even if its owner signed everything else")
    func rewrittenHistory() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        _ = try press(place, key)
        let manifest = try file(place, "press/manifests", "-2.json")
        let old = ObjectID(hashing: Array(try Data(contentsOf: URL(filePath: place.path(manifest)))))
        let text = try String(contentsOfFile: place.path(manifest), encoding: .utf8)
        let root = String(try #require(text.firstMatch(of: /"log":\{"root":"([0-9a-f]{64})"/)?.1))
        try edit(place, manifest, root, String(root.reversed()))
        try place.sign(manifest, namespace: .manifest, with: key)
        let new = ObjectID(hashing: Array(try Data(contentsOf: URL(filePath: place.path(manifest)))))
        let lists = try FileManager.default.contentsOfDirectory(atPath: place.path("press/archive")).filter {
            $0.hasSuffix(".json")
        }
        #expect(lists.count == 2)
        for list in lists.map({ "press/archive/\($0)" })
        where try String(contentsOfFile: place.path(list), encoding: .utf8).contains("\(old)") {
            try edit(place, list, "\(old)", "\(new)")
            try place.sign(list, namespace: .bundle, with: key)
        }
        #expect(code { _ = try place.restore("press", trust: Workplace.trust([key])) } == "fork")
    }

    @Test(
        "refuses bundles that hold what no bundle holds, although their owner signed the packing list",
        arguments: [
            ("ln -s /etc/passwd data/link", "data/link"), ("ln data/README.txt data/hard", "data/hard"),
            ("mkfifo data/pipe", "data/pipe"),
            ("echo x > data/extra", "data/extra"), ("mkdir data/folder", "data/folder"),
            ("echo x > ../climbs", "-P ../climbs"), ("echo x > $(realpath ..)/absolute", "-P $(realpath ..)/absolute"),
            (
                "mkdir -p data/objects/00 && echo x > data/objects/00/0000000000000000000000000000000000000000000000000000000000000000",
                "data/objects/00"
            ),
            ("printf 'BagIt-Version: 0.9\\n' > bagit.txt", ""), ("echo >> manifest-sha256.txt", ""),
            ("rm data/log.jsonl", ""), ("rm data/README.txt", ""),
            ("echo '{}' >> data/log.jsonl", ""), ("sed -i 1d data/log.jsonl", ""),
            ("f=$(find data/objects -type f | head -n 1) && echo x >> $f", ""),
            ("f=$(find data/objects -type f | head -n 1) && rm $f", ""),
            ("mv data/README.txt 'data/readme.TXT'", ""), ("cp data/README.txt 'data/READMÉ.txt'", ""),
        ])
    func hostileBundles(change: String, extra: String) throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try place.archive("press", key: key)
        try place.record("Headline\n\nText of the story.", "https://a.example/1", in: archive)
        _ = try place.snapshot(archive, key)
        let bundle = try file(place, "press/archive", ".tar.zst")
        let list = try file(place, "press/archive", ".json")
        let repack = """
            mkdir bag && cd bag && tar --zstd -xf ../\(bundle) && \(change)
            tar --zstd -cf ../\(bundle) $(find bagit.txt bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt data -type f 2>/dev/null) \(extra)
            """
        try #require(try place.shell(repack).exit == 0)
        let bytes = try Data(contentsOf: URL(filePath: place.path(bundle)))
        let old = try PackingList(parsing: Array(Data(contentsOf: URL(filePath: place.path(list)))))
        let signed = PackingList(
            origin: old.origin, from: old.from, to: old.to, sha256: ObjectID(hashing: Array(bytes)), bytes: bytes.count,
            contentBytes: 1 << 20, objects: old.objects, manifest: old.manifest, buildsOn: [])
        try Data(signed.encoded).write(to: URL(filePath: place.path(list)))
        try place.sign(list, namespace: .bundle, with: key)
        let result = code { _ = try place.restore("press", trust: Workplace.trust([key])) }
        #expect(["damaged", "mixed"].contains(result), "\(change): \(result)")
    }

    @Test("stops at a bundle that expands further than its packing list says")
    func expansion() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try place.archive("press", key: key)
        try place.record("Headline\n\nText of the story.", "https://a.example/1", in: archive)
        _ = try place.snapshot(archive, key)
        let bundle = try file(place, "press/archive", ".tar.zst")
        let list = try file(place, "press/archive", ".json")
        try place.shell(
            "mkdir bag && cd bag && tar --zstd -xf ../\(bundle) && head -c 300000000 /dev/zero > data/zeros && tar --zstd -cf ../\(bundle) *"
        )
        let bytes = try Data(contentsOf: URL(filePath: place.path(bundle)))
        let old = try PackingList(parsing: Array(Data(contentsOf: URL(filePath: place.path(list)))))
        let signed = PackingList(
            origin: old.origin, from: old.from, to: old.to, sha256: ObjectID(hashing: Array(bytes)), bytes: bytes.count,
            contentBytes: old.contentBytes, objects: old.objects, manifest: old.manifest, buildsOn: [])
        try Data(signed.encoded).write(to: URL(filePath: place.path(list)))
        try place.sign(list, namespace: .bundle, with: key)
        #expect(code { _ = try place.restore("press", trust: Workplace.trust([key])) } == "damaged")
    }
}
