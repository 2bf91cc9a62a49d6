import Foundation
import Models
import Storage
import SyncEngine
import Testing

@Suite("Withdrawn records and bundles")
struct ForgettingTests {
    /// An archive of three captures with a snapshot; the second is withdrawn.
    private func forgotten(_ place: Workplace, _ key: SigningKey) throws -> Archive {
        let archive = try place.archive("press", key: key)
        for number in 1...3 {
            try place.record("Headline \(number)\n\nText \(number).", "https://a.example/\(number)", in: archive)
        }
        _ = try place.snapshot(archive, key)
        let forgetting = Forgetting(archive, trust: Workplace.trust([key]), tool: "test", clock: { Workplace.time })
        let plan = try forgetting.plan(CaptureName(origin: archive.origin, index: 2), withIdentical: false)
        #expect(plan.needsKey && plan.sharing.isEmpty && plan.snapshots.map(\.number) == [1])
        try forgetting.forget(plan, reason: "r", key: key, caches: {})
        return archive
    }

    private func list(_ place: Workplace) throws -> String {
        let text = try place.shell("ls press/archive/*-0-4.json").text
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("the packing list says what is withheld, and a new archive takes it so")
    func accounted() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try forgotten(place, key)
        let list = try PackingList(parsing: Array(try Data(contentsOf: URL(filePath: place.path(list(place))))))
        // Three details of four, and two payloads of three.
        #expect(list.withheld == [2] && list.objects == 5)
        let copy = try place.restore("press", trust: Workplace.trust([key]))
        let report = try copy.verify()
        #expect(report.withheld == 1 && report.captures == 2 && report.missing.isEmpty && report.damages.isEmpty)
        #expect(try copy.logs().first { $0.origin == archive.origin }?.captures == 3)
        #expect(try copy.withheld(CaptureName(origin: archive.origin, index: 2))?.reason == "r")
    }

    @Test(
        "a packing list that withholds what was not withdrawn, or hides that it withholds, is refused",
        arguments: [
            (",\"withheld\":[2]", ""), ("[2]", "[1,2]"), ("[2]", "[2,3]"), ("[2]", "[3]"), ("[2]", "[0,2]"),
        ])
    func tampered(from: String, to: String) throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        _ = try forgotten(place, key)
        let list = try list(place)
        let text = try String(contentsOfFile: place.path(list), encoding: .utf8)
        try #require(text.contains(from))
        try text.replacingOccurrences(of: from, with: to).write(
            toFile: place.path(list), atomically: true, encoding: .utf8)
        try place.sign(list, namespace: .bundle, with: key)
        #expect { _ = try place.restore("press", trust: Workplace.trust([key])) } throws: { error in
            if case SyncError.damaged = error { true } else { false }
        }
    }

    @Test("absence is accounted for by the log that is restored, not by a later one")
    func older() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        _ = try forgotten(place, key)
        #expect { _ = try place.restore("press", trust: Workplace.trust([key]), number: 1) } throws: { error in
            guard case SyncError.damaged(let damage) = error else { return false }
            return damage.reason.contains("withholds")
        }
    }

    @Test("without the key nothing is withdrawn, and what waits for it is not done by halves")
    func noKey() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try forgotten(place, key)
        let forgetting = Forgetting(archive, trust: Workplace.trust([key]), tool: "test", clock: { Workplace.time })
        #expect(try forgetting.finish(key: { nil }, caches: {}) == .nothingToDo)
        let plan = try forgetting.plan(CaptureName(origin: archive.origin, index: 3), withIdentical: false)
        #expect(throws: SyncError.self) { try forgetting.forget(plan, reason: "r", key: nil, caches: {}) }
        #expect(try archive.withheld(CaptureName(origin: archive.origin, index: 3)) == nil)
        #expect(try archive.verify().captures == 2)
    }

    @Test(
        "where a byte of the list of bundles packed anew is wrong, none of them is left at a remote, and repair writes the list again",
        arguments: [0, 60, 80])
    func repackedList(at: Int) throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try forgotten(place, key)
        #expect(try archive.repackedBundles() == [String(try list(place).dropFirst("press/".count))])
        let every = try place.shell("cd press; ls archive/*.json").text.split(separator: "\n").map(String.init)
        try #require(every.count == 2)
        let path = URL(filePath: place.path("press/state/repacked"))
        var bytes = try Data(contentsOf: path)
        bytes[at] ^= 1
        try bytes.write(to: path)
        #expect(try archive.repackedBundles() == every)
        #expect(try archive.verify().missing.map(\.file) == ["state/repacked"])
        let repairer = SnapshotRepairer(archive, trust: Workplace.trust([key]), from: [])
        #expect(try repairer.repair() == ["state/repacked"])
        #expect(try archive.repackedBundles() == every && archive.verify().missing.isEmpty)
    }

    @Test("what was left out is not believed with another digit: something lost would pass for it")
    func leftOutList() throws {
        let place = try Workplace()
        let archive = try place.archive("press", key: SigningKey(comment: "desk"))
        let other = OriginID(ObjectID(hashing: [1]))
        try archive.setLeftOut([12..<14], within: 0..<20, of: other)
        #expect(try archive.leftOut() == [other: [12..<14]])
        let path = place.path("press/state/left-out.json")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try #require(text.contains("[12,14]"))
        try text.replacingOccurrences(of: "[12,14]", with: "[12,15]").write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: ArchiveError.self) { try archive.leftOut() }
    }
}
