import Foundation
import Models
import Storage
import Testing

@Suite("Damage to packs")
struct DamageTests {
    private func archive(frames: Int) throws -> TemporaryArchive {
        let temporary = try TemporaryArchive()
        var generator = SeededGenerator(seed: 3)
        // Letters at random do not compress, so that each site has a frame of a good size of its own.
        _ = try temporary.archive.record(
            (0..<frames).map { number in
                let body = String(
                    (0..<20_000).map { _ in Character(UnicodeScalar(UInt8.random(in: 97...122, using: &generator))) })
                return TemporaryArchive.observation(
                    "Headline \(number)\n\(body)", url: "https://site\(number).example/story")
            })
        return temporary
    }

    private func largestPack(_ temporary: TemporaryArchive) throws -> URL {
        let urls = try temporary.packs.map { URL(filePath: "\(temporary.path)/packs/\($0)") }
        return try #require(try urls.max { try Data(contentsOf: $0).count < Data(contentsOf: $1).count })
    }

    @Test("every single-byte change is found, wherever it is")
    func everyByte() throws {
        let temporary = try TemporaryArchive()
        _ = try temporary.archive.record([
            TemporaryArchive.observation("Headline\nBody of the text.", url: "https://a.example/x")
        ])
        var tried = 0
        for pack in try temporary.packs {
            let url = URL(filePath: "\(temporary.path)/packs/\(pack)")
            let original = try Data(contentsOf: url)
            for offset in original.indices {
                var changed = original
                changed[offset] ^= 1 << UInt8(offset % 8)
                try changed.write(to: url)
                let report = try temporary.archive.verify()
                #expect(report.damages.contains { $0.file == "packs/\(pack)" }, "\(pack) at \(offset)")
                tried += 1
            }
            try original.write(to: url)
        }
        #expect(tried > 500)
        #expect(try temporary.archive.verify().damages.isEmpty)
    }

    @Test("a flipped bit costs the objects of its own frame, and their articles are named")
    func containment() throws {
        let temporary = try archive(frames: 10)
        let pack = try largestPack(temporary)
        var bytes = try Data(contentsOf: pack)
        bytes[bytes.count / 2] ^= 4
        try bytes.write(to: pack)
        let report = try temporary.archive.verify()
        #expect(report.damages.count == 1)
        #expect(report.damages.first?.articles.count == 1)
        #expect(report.captures == 9)
    }

    /// What a repair that was stopped leaves: the damaged pack, and another with what was lost, whose frame has the same name.
    @Test(
        "a damaged frame spoils no sound copy of itself in another pack, nor what builds on it",
        arguments: [false, true])
    func soundCopy(isReopened: Bool) throws {
        let temporary = try TemporaryArchive()
        var generator = SeededGenerator(seed: 5)
        // Stored as they are, so that nothing but a hash shows the damage.
        let bytes = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        var later = bytes
        later[7] ^= 1
        for payload in [bytes, later] {
            _ = try temporary.archive.record([
                TemporaryArchive.observation(payload, url: "https://a.example/x")
            ])
        }
        #expect(try temporary.archive.statistics().longestChain == 2)
        let pack = try largestPack(temporary)
        var file = try Data(contentsOf: pack)
        file[file.count / 2] ^= 4
        try file.write(to: pack)
        let lost = try temporary.archive.losses()
        let (first, second) = (ObjectID(hashing: bytes), ObjectID(hashing: later))
        #expect(lost.objects == [first, second] && lost.packs == [pack.lastPathComponent])

        var batch = ReceivedBatch(temporary.archive)
        try batch.add(bytes, id: first, isReplaced: true)
        try batch.finish()
        let archive = isReopened ? try temporary.reopened() : temporary.archive
        let report = try archive.verify()
        #expect(report.captures == 2)
        #expect(report.damages.map(\.file) == ["packs/\(pack.lastPathComponent)"])
        #expect(report.damages.first?.objects == [])
        #expect(try archive.read(second) == later)
        #expect(try archive.read(first) == bytes)

        let left = try archive.losses()
        #expect(left.objects.isEmpty && left.packs == lost.packs)
        try archive.salvage(left.packs, lost: left.objects)
        #expect(!FileManager.default.fileExists(atPath: pack.path))
        for archive in [archive, try temporary.reopened()] {
            let report = try archive.verify()
            #expect(report.damages.isEmpty && report.missing.isEmpty && report.captures == 2)
            #expect(try archive.read(first) == bytes && archive.read(second) == later)
        }
    }

    @Test(
        "a record whose detail is lost stays in its log, also for a catalog made anew, and says all again when the detail is back"
    )
    func lostDetail() throws {
        let temporary = try TemporaryArchive()
        let observation = TemporaryArchive.observation("Headline\nBody.", url: "https://a.example/x")
        _ = try temporary.archive.record([observation])
        let detail = Detail.capture(observation.detail).bytes
        let pack = try largestPack(temporary)
        var bytes = try Data(contentsOf: pack)
        let second = try #require(bytes.range(of: Data("SFRM".utf8), in: 20..<bytes.endIndex)).lowerBound
        bytes[second + 140] ^= 4
        try bytes.write(to: pack)
        #expect(!(try temporary.archive.reindex().isEmpty))
        let archive = try temporary.reopened()
        let report = try archive.verify()
        #expect(report.captures == 0)
        #expect(report.missing.flatMap(\.objects) == [ObjectID(hashing: detail)])
        #expect(try archive.logs().first?.head.size == 2)
        // The log goes on.
        _ = try archive.record([TemporaryArchive.observation("Headline\nMore.", url: "https://a.example/x", at: 60)])
        #expect(try archive.articles().count == 1)
        #expect(try archive.logs().first?.head.size == 3)

        let lost = try archive.losses()
        #expect(lost.objects == [ObjectID(hashing: detail)])
        var batch = ReceivedBatch(archive)
        try batch.add(detail, id: ObjectID(hashing: detail), isReplaced: true)
        try batch.finish()
        #expect(try archive.missingObjects().isEmpty)
        try archive.salvage(lost.packs, lost: [])
        for archive in [archive, try temporary.reopened()] {
            let report = try archive.verify()
            #expect(report.captures == 2 && report.damages.isEmpty && report.missing.isEmpty)
            #expect(try archive.statistics().captures == 2)
        }
    }

    @Test("a damaged pack stays while something is missing that may be in it")
    func sealedPack() throws {
        let temporary = try archive(frames: 2)
        let pack = try largestPack(temporary)
        var bytes = try Data(contentsOf: pack)
        bytes[bytes.count / 4] ^= 4
        try bytes.write(to: pack)
        _ = try temporary.archive.reindex()
        let archive = try temporary.reopened()
        let lost = try archive.losses()
        #expect(lost.objects.count == 1 && lost.packs == [pack.lastPathComponent])
        try archive.salvage(lost.packs, lost: lost.objects)
        #expect(FileManager.default.fileExists(atPath: pack.path))
        #expect(try archive.verify().captures == 1)
    }

    @Test("what is lost stays known until what replaces it is durable")
    func unfinishedBatch() throws {
        let temporary = try archive(frames: 3)
        let pack = try largestPack(temporary)
        var file = try Data(contentsOf: pack)
        file[file.count / 2] ^= 4
        try file.write(to: pack)
        let lost = try temporary.archive.losses().objects
        #expect(lost.count == 1)
        let id = try #require(lost.first)
        do {
            var batch = ReceivedBatch(temporary.archive)
            try batch.add(Array("other bytes, of which nothing becomes of".utf8), id: id, isReplaced: true)
        }
        #expect(try temporary.archive.holds(id))
        #expect(try temporary.archive.losses().objects == lost)
    }

    @Test("a damaged header does not hide the frames behind it", arguments: [0, 1, 5, 9])
    func resynchronisation(frame: Int) throws {
        let temporary = try archive(frames: 10)
        let pack = try largestPack(temporary)
        var bytes = try Data(contentsOf: pack)
        var at = bytes.startIndex
        for _ in 0...frame {
            at = try #require(bytes.range(of: Data("SFRM".utf8), in: (at + 1)..<bytes.endIndex)).lowerBound
        }
        bytes[at + 20] ^= 1
        try bytes.write(to: pack)
        let report = try temporary.archive.verify()
        #expect(!report.damages.isEmpty)
        #expect(report.captures == 9)
        // From such packs alone, everything else can still be indexed.
        _ = try temporary.archive.reindex()
        #expect(try temporary.archive.articles().count >= 9)
    }

    @Test("a torn tail is recognised at every length", arguments: [1, 19, 20, 21, 400, 5000, 100_000])
    func tornTail(cut: Int) throws {
        let temporary = try archive(frames: 10)
        let pack = try largestPack(temporary)
        let bytes = try Data(contentsOf: pack)
        try bytes.dropLast(cut).write(to: pack)
        let report = try temporary.archive.verify()
        #expect(report.damages.contains { $0.file.hasSuffix(pack.lastPathComponent) })
    }

    @Test("a pack that was replaced by another whole one is found")
    func replaced() throws {
        let temporary = try archive(frames: 2)
        let packs = try temporary.packs.map { URL(filePath: "\(temporary.path)/packs/\($0)") }
        try #require(packs.count == 2)
        let first = try Data(contentsOf: packs[0])
        try Data(contentsOf: packs[1]).write(to: packs[0])
        #expect(try !temporary.archive.verify().damages.isEmpty)
        try first.write(to: packs[0])
        #expect(try temporary.archive.verify().damages.isEmpty)
    }

    @Test(
        "hostile pack files are refused without a crash",
        arguments: [
            Data(), Data("stetpack".utf8), Data(repeating: 0xFF, count: 4096),
            Data("stetpack\u{1}\0\0\0\0\0\0\0SFRM".utf8),
        ])
    func hostile(bytes: Data) throws {
        let temporary = try TemporaryArchive()
        let name = ObjectID(hashing: Array(bytes)).description
        try bytes.write(to: URL(filePath: "\(temporary.path)/packs/\(name).pack"))
        #expect(try !temporary.archive.reindex().isEmpty)
        #expect(try !temporary.archive.verify().damages.isEmpty)
    }
}
