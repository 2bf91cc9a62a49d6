import Foundation
import Models
import Storage
import Testing

@Suite("Frames that build on others")
struct DeltaTests {
    /// A page of a site: much that all its pages share, and a story of its own that changes a little with each capture.
    static func page(_ site: Int, _ article: Int, _ generation: Int) -> String {
        var generator = SeededGenerator(seed: UInt64(site))
        let template = (0..<400).map { "Part \($0) of site \(site): \(generator.next())" }.joined(separator: "\n")
        generator = SeededGenerator(seed: UInt64(site * 1000 + article))
        let story = (0..<600).map { "Sentence \($0): \(generator.next())." }.joined(separator: "\n")
        return "Story \(article)\n\(story)\nSeen \(generation) times.\n\(template)"
    }

    static func observations(sites: Int, articles: Int, generation: Int) -> [Observation] {
        (0..<sites).flatMap { site in
            (0..<articles).map { article in
                TemporaryArchive.observation(
                    page(site, article, generation), url: "https://site\(site).example/\(article)",
                    at: Int64(generation))
            }
        }
    }

    @Test("the next captures of a site take a small part of the first, in one batch a night and in one an hour")
    func sizes() throws {
        for isHourly in [false, true] {
            let temporary = try TemporaryArchive()
            var stored: [Int] = []
            for generation in 0..<6 {
                let all = Self.observations(sites: 3, articles: 5, generation: generation)
                for batch in isHourly ? all.map({ [$0] }) : [all] { _ = try temporary.archive.record(batch) }
                stored.append(try temporary.archive.statistics().storedBytes)
            }
            let first = stored[0]
            let later = stored[5] - stored[0]
            #expect(later < first, "\(stored), hourly: \(isHourly)")
            let statistics = try temporary.archive.statistics()
            #expect(statistics.longestChain > 2)
            #expect(statistics.largestReach <= 8 << 20)
            #expect(statistics.largestFamily <= 32 << 20)
            let report = try temporary.archive.verify()
            #expect(report.captures == 90 && report.damages.isEmpty && report.missing.isEmpty)
            #expect(try temporary.reopened().reindex().isEmpty)
            #expect(try temporary.archive.verify().captures == 90)
        }
    }

    @Test("chains and families stay within their bounds however long an article is followed")
    func bounds() throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<150 {
            _ = try temporary.archive.record(Self.observations(sites: 1, articles: 1, generation: generation))
        }
        let statistics = try temporary.archive.statistics()
        #expect(statistics.longestChain > 20 && statistics.longestChain <= 64)
        #expect(try temporary.archive.verify().captures == 150)
    }

    @Test("a damaged frame costs what builds on it, and it alone is named")
    func dependants() throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<4 {
            _ = try temporary.archive.record(Self.observations(sites: 2, articles: 2, generation: generation))
        }
        let packs = try temporary.packs.map { URL(filePath: "\(temporary.path)/packs/\($0)") }
        let first = try #require(try packs.max { try Data(contentsOf: $0).count < Data(contentsOf: $1).count })
        var bytes = try Data(contentsOf: first)
        bytes[bytes.startIndex + 1000] ^= 8
        try bytes.write(to: first)
        let report = try temporary.archive.verify()
        #expect(report.damages.count == 1)
        #expect(report.damages.first?.file == "packs/\(first.lastPathComponent)")
        #expect(report.damages.first?.objects.count == 8, "all captures of one site, whichever pack they are in")
        #expect(report.damages.first?.articles.count == 2)
        #expect(report.captures == 8)
    }

    @Test("a frame whose base is in a lost pack says so, and comes back with it")
    func lostBase() throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<3 {
            _ = try temporary.archive.record(Self.observations(sites: 1, articles: 2, generation: generation))
        }
        let packs = try temporary.packs.map { URL(filePath: "\(temporary.path)/packs/\($0)") }
        let first = try #require(try packs.max { try Data(contentsOf: $0).count < Data(contentsOf: $1).count })
        let bytes = try Data(contentsOf: first)
        try FileManager.default.removeItem(at: first)
        let report = try temporary.archive.verify()
        #expect(report.captures == 0)
        #expect(report.missing.contains { $0.reason == "the pack is missing" })
        #expect(!(try temporary.archive.reindex().isEmpty))
        try bytes.write(to: first)
        #expect(try temporary.archive.reindex().isEmpty)
        #expect(try temporary.archive.verify().captures == 6)
    }
}
