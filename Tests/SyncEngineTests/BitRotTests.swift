import Capturing
import Foundation
import Models
import Storage
import SyncEngine
import Testing

/// An archive with everything that an archive can hold, as files at rest, and what it answers.
private struct Specimen {
    let place: Workplace
    let trust: AllowedSigners
    /// Of `press`, with bytes in them, by where they lie.
    let files: [[String]]
    let answers: String

    init() throws {
        place = try Workplace()
        let (desk, other) = (SigningKey(comment: "desk"), SigningKey(comment: "agency"))
        trust = Workplace.trust([desk, other])
        do {
            let agency = try place.archive("agency", key: other)
            try Self.record(0..<3, of: "agency.example", in: agency, place)
            _ = try place.snapshot(agency, other)
            let press = try place.archive("press", key: desk)
            try Self.record(0..<4, of: "a.example", in: press, place)
            _ = try place.snapshot(press, desk)
            _ = try press.compact(.all)
            let restorer = Restorer(from: place.path("agency"), trust: trust)
            _ = try restorer.restore(try restorer.plan(number: nil), into: press, tool: "test")
            try Self.recordLarge(in: press, place)
            try Self.record(4..<7, of: "a.example", in: press, place)
            _ = try place.snapshot(press, desk)
            try Self.record(7..<9, of: "b.example", in: press, place)
            try Self.remark(in: press)
            try Self.withdraw(in: press, desk, trust)
            let agencyLog = try #require(try press.logs().last)
            try press.setLeftOut([2..<4], within: 0..<agencyLog.head.size, of: agencyLog.origin)
        }
        try place.shell("rm -rf agency; cp -r press pristine")
        let root = place.path("press")
        let all = try FileManager.default.subpathsOfDirectory(atPath: root).sorted().filter { path in
            let kind = try FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")
            return kind[.type] as? FileAttributeType == .typeRegular && (kind[.size] as? Int ?? 0) > 0
        }
        files = ["packs/", "archive/", "manifests/", "state/", "stet.json", "catalog.sqlite"].map { place in
            all.filter { $0.hasPrefix(place) }
        }
        answers = try Self.answers(try Self.open(place.path("press")))
    }

    static func open(_ path: String) throws -> Archive {
        try Archive(opening: path, interpreter: .articles, clock: { Workplace.time })
    }

    private static func record(
        _ rounds: Range<Int>, of site: String, in archive: Archive, _ place: Workplace
    ) throws {
        for round in rounds {
            for story in 0..<3 {
                let filler = (0..<40).map { "Sentence \($0) of story \(story) says \(story &* 7919 &+ $0 &* 104_729)." }
                try place.record(
                    "Headline \(story)\n\nRound \(round).\n\n\(filler.joined(separator: " "))",
                    "https://\(site)/\(story)", in: archive)
            }
        }
    }

    private static func recordLarge(in archive: Archive, _ place: Workplace) throws {
        try place.shell("head -c 4500000 /dev/urandom > video.bin")
        let (id, size) = try archive.store(large: OpenFile(reading: place.path("video.bin")))
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: "https://a.example/video", article: nil, capturedAt: Workplace.time, payload: id, size: size,
            mediaType: "video/mp4", status: nil, headers: nil, outcome: "ok",
            via: .init(source: "file", path: nil, tool: "test"), salt: Salt(using: &random))
        _ = try archive.record([
            Observation(
                detail: detail, payload: nil, interpretation: Interpreter.articles.interpret(detail, nil))
        ])
    }

    private static func remark(in archive: Archive) throws {
        var random = SystemRandomNumberGenerator()
        for index in [2, 5] {
            let line = try #require(try archive.line(index, of: archive.origin))
            let note = try NoteDetail(
                on: RecordReference(line, of: archive.origin), text: "Remark on \(index).",
                tags: [#require(NoteTag("disputed"))], untags: [], tool: "test", salt: Salt(using: &random))
            _ = try archive.record(.note(note))
        }
    }

    /// One of those that are packed already, and whose bytes the agency has not.
    private static func withdraw(in archive: Archive, _ key: SigningKey, _ trust: AllowedSigners) throws {
        let forgetting = Forgetting(archive, trust: trust, tool: "test", clock: { Workplace.time })
        let plan = try forgetting.plan(CaptureName(origin: archive.origin, index: 11), withIdentical: false)
        try forgetting.forget(plan, reason: "not ours", key: key, caches: {})
    }

    /// Everything that the catalog is asked for, and every object by its hash. Not the numbers of rows: where the stamp was changed the
    /// catalog is made anew without a word, and its rows are counted in another order.
    static func answers(_ archive: Archive) throws -> String {
        var lines = try archive.logs().map { "\($0.origin) \($0.name) \($0.key) \($0.head) \($0.captures)" }
        lines += try archive.records(of: Set(LogLine.Kind.allCases)).map { "\($0)" }
        for article in try archive.articles() {
            lines.append("\(article)")
            for capture in try archive.history(of: article).flatMap(\.captures) {
                lines.append("\(capture) \(try archive.notes(on: [capture]))")
                let payload = capture.payload
                lines.append("\(try ObjectID(hashing: archive.read(payload)) == payload)")
            }
        }
        return lines.joined(separator: "\n").replacing(/, row: \d+/, with: "")
    }

    /// What `stet verify` finds, as it names it.
    static func verify(_ path: String, trust: AllowedSigners) throws -> [String] {
        var found: [String] = []
        func check(_ archive: Archive) throws {
            if let reason = archive.discardedCatalog { found.append("catalog.sqlite: \(reason)") }
            let store = try archive.verify()
            found += (store.damages + store.missing).map(\.description)
            let snapshots = try SnapshotChecker(archive, trust: trust).check(bundles: true)
            found += (snapshots.damages + snapshots.missing).map(\.description)
            found += snapshots.distrusted.map { "\($0.file): \($0.reason)" }
        }
        do {
            do {
                let archive = try open(path)
                do {
                    try check(archive)
                } catch ArchiveError.catalog(let reason) {
                    found.append("catalog.sqlite: \(reason)")
                    try archive.discardCatalog()
                }
            }
            if found.contains(where: { $0.hasPrefix("catalog.sqlite") }) { try check(try open(path)) }
        } catch ArchiveError.damaged(let damage) {
            found.append(damage.description)
        } catch ArchiveError.newerFormat {
            found.append("stet.json: of a newer format")
        } catch SyncError.damaged(let damage) {
            found.append(damage.description)
        }
        return found
    }
}

@Suite("Bit rot")
struct BitRotTests {
    @Test(
        "of 1,000 bytes changed anywhere, each is found and its file is named, or it carries no information",
        arguments: 0..<4)
    func flips(part: Int) throws {
        let specimen = try Specimen()
        let (place, path) = (specimen.place, specimen.place.path("press"))
        #expect(try Specimen.verify(path, trust: specimen.trust) == [])
        try #require(specimen.files.allSatisfy { !$0.isEmpty }, "\(specimen.files)")
        var generator = SystemRandomNumberGenerator()
        let seed =
            ProcessInfo.processInfo.environment["STET_TEST_SEED"].flatMap { UInt64($0) } ?? generator.next() >> 32
        var chance = Splitmix(state: seed &+ UInt64(part))
        var silent: [String: Int] = [:]
        for flip in 0..<250 {
            // The place first: by files alone hardly any would be in the catalog.
            let name = try #require(specimen.files.randomElement(using: &chance)?.randomElement(using: &chance))
            let original = try Data(contentsOf: URL(filePath: place.path("pristine/\(name)")))
            let at = Int.random(in: 0..<original.count, using: &chance)
            var bytes = original
            bytes[at] ^= UInt8.random(in: 1...255, using: &chance)
            try bytes.write(to: URL(filePath: "\(path)/\(name)"))
            let comment: Comment =
                "seed \(seed), part \(part), flip \(flip): byte \(at) of \(original.count) of \(name)"
            let found = try Specimen.verify(path, trust: specimen.trust)
            let stem = String(name.split(separator: "/").last?.prefix { $0 != "." } ?? "")
            if found.isEmpty {
                silent[String(name.prefix { $0 != "." && $0 != "/" }), default: 0] += 1
                #expect(mayBeSilent(name, at: at, original), comment)
                #expect(try Specimen.answers(Specimen.open(path)) == specimen.answers, comment)
            } else {
                #expect(found.contains { $0.contains(stem) }, "\(comment): \(found)")
            }
            try original.write(to: URL(filePath: "\(path)/\(name)"))
            // The catalog may have been made anew meanwhile.
            try place.shell("rm -f press/catalog.sqlite*; cp pristine/catalog.sqlite press/")
        }
        #expect(try Specimen.verify(path, trust: specimen.trust) == [])
        #expect(silent.keys.allSatisfy { ["catalog", "manifests"].contains($0) }, "\(silent)")
    }

    /// Where a byte carries no information: room in the catalog that is not used, or that only says how to find what is verified
    /// when it is read; the name under which a key is listed in the hint that nobody believes.
    private func mayBeSilent(_ name: String, at: Int, _ bytes: Data) -> Bool {
        if name == "catalog.sqlite" { return true }
        guard name == "manifests/allowed_signers" else { return false }
        let lineStart = bytes[..<at].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return !bytes[lineStart..<at].contains(UInt8(ascii: " "))
    }
}

private struct Splitmix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
