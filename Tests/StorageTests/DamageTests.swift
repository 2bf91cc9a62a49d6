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
