import Foundation
import Models
import Storage
import Synchronization
import Testing

@Suite("Merging small packs by the way")
struct SmallPackTests {
    @Test(
        "an article an hour for years: few packs, each byte written anew a few times, no merging larger than its bound")
    func tiers() {
        var generator = SeededGenerator(seed: 11)
        var packs: [SmallPacks.Pack] = []
        var (captured, moved, most, largest) = (0, 0, 0, 0)
        let hours = 30_000
        for hour in 0..<hours {
            let weight = Int.random(in: 5_000...400_000, using: &generator)
            captured += weight
            packs.append(SmallPacks.Pack(id: Int64(hour), weight: weight))
            let due = SmallPacks.due(packs)
            if !due.isEmpty {
                let sum = due.reduce(0) { $0 + $1.weight }
                let ids = Set(due.map(\.id))
                #expect(due.count > 1)
                packs = packs.filter { !ids.contains($0.id) } + [SmallPacks.Pack(id: Int64(hours + hour), weight: sum)]
                moved += sum
                largest = max(largest, sum)
            }
            most = max(most, packs.count { $0.weight < 32 << 20 })
        }
        #expect(most <= 3 * 8 + 33)
        #expect(largest <= 128 << 20)
        #expect(moved <= captured * 5)
        // What is large enough is never touched again.
        #expect(packs.count - most <= captured / (32 << 20))
    }

    @Test(
        "nothing is done for a few packs, nor for large ones",
        arguments: [
            ([Int](repeating: 10_000, count: 7), 0),
            ([Int](repeating: 10_000, count: 8), 8), ([Int](repeating: 16 << 20, count: 32), 0),
            ([Int](repeating: 16 << 20, count: 33), 8), ([Int](repeating: 40 << 20, count: 500), 0),
            // Seven of the next tier and seven below: one more below tips both.
            ([Int](repeating: 100_000, count: 7) + [Int](repeating: 10_000, count: 8), 15),
        ])
    func due(weights: [Int], expected: Int) {
        let packs = weights.enumerated().map { SmallPacks.Pack(id: Int64($0), weight: $1) }
        #expect(SmallPacks.due(packs).count == expected)
    }

    @Test("hour by hour: everything is there, in few packs, and takes little more than in one batch a night")
    func hourly() throws {
        let (hourly, nightly) = (try TemporaryArchive(), try TemporaryArchive())
        var merged = 0
        for generation in 0..<25 {
            let all = DeltaTests.observations(sites: 2, articles: 3, generation: generation)
            _ = try nightly.archive.record(all)
            for observation in all {
                _ = try hourly.archive.record([observation])
                if try hourly.archive.mergeSmallPacks() != nil { merged += 1 }
            }
        }
        #expect(merged > 10)
        #expect(try hourly.packs.count <= 20)
        let (few, many) = (try nightly.archive.statistics(), try hourly.archive.statistics())
        #expect(many.storedBytes < few.storedBytes * 5 / 4, "\(many.storedBytes) against \(few.storedBytes)")
        for archive in [hourly.archive, try hourly.reopened()] {
            let checked = try archive.verify()
            #expect(checked.captures == 150 && checked.damages.isEmpty && checked.missing.isEmpty)
        }
        #expect(many.largestFamily <= many.rawBytes + (1 << 20), "what was merged away counts no more")
        #expect(try hourly.archive.reindex().isEmpty)
        #expect(try hourly.archive.verify().captures == 150)
        #expect(try hourly.archive.compact(.all).packsAfter == 1)
        #expect(try hourly.archive.verify().captures == 150)
    }

    @Test("small packs on which a large one leans are merged without it, and stay readable")
    func bases() throws {
        let temporary = try TemporaryArchive()
        var generation = 0
        func single() throws {
            _ = try temporary.archive.record(DeltaTests.observations(sites: 1, articles: 1, generation: generation))
            generation += 1
        }
        for _ in 0..<4 { try single() }
        // Leans on the last of these, and weighs more than a small pack.
        var large = DeltaTests.observations(sites: 1, articles: 1, generation: generation)
        for site in 10..<22 {
            let text = String(repeating: DeltaTests.page(site, 1, 0), count: 10)
            large += (0..<2).map {
                TemporaryArchive.observation("\($0)\n\(text)", url: "https://big\(site).example/\($0)")
            }
        }
        _ = try temporary.archive.record(large)
        generation += 1
        let before = try temporary.packs
        for _ in 0..<4 { try single() }
        let captures = generation + 24
        for round in 0..<3 {
            let report = try temporary.archive.mergeSmallPacks()
            #expect(report != nil, "round \(round)")
            #expect(try Set(temporary.packs).intersection(before).count == 1, "the large pack stays as it is")
            for archive in [temporary.archive, try temporary.reopened()] {
                let checked = try archive.verify()
                #expect(checked.captures == captures + round * 8, "round \(round)")
                #expect(checked.damages.isEmpty && checked.missing.isEmpty, "round \(round): \(checked.damages)")
            }
            #expect(try temporary.archive.reindex().isEmpty)
            for _ in 0..<8 { try single() }
        }
        #expect(try temporary.archive.compact(.all).packsAfter == 1)
        let checked = try temporary.archive.verify()
        #expect(checked.captures == captures + 24 && checked.damages.isEmpty && checked.missing.isEmpty)
    }

    @Test("a merging that is due is left to whoever is at it already")
    func busy() async throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<40 {
            _ = try temporary.archive.record(DeltaTests.observations(sites: 1, articles: 1, generation: generation))
        }
        let path = temporary.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let archive = try TemporaryArchive.open(path)
                    for number in 0..<20 {
                        _ = try archive.record([
                            TemporaryArchive.observation("Text \(writer) \(number)", url: "https://w.example/\(writer)")
                        ])
                        _ = try archive.mergeSmallPacks()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try temporary.packs.count <= 24)
        let checked = try temporary.reopened().verify()
        #expect(checked.captures == 120 && checked.damages.isEmpty && checked.missing.isEmpty)
    }

    @Test("packs stay where they are while all captures are handed out")
    func handingOut() throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<12 {
            _ = try temporary.archive.record(DeltaTests.observations(sites: 1, articles: 1, generation: generation))
        }
        let other = try TemporaryArchive.open(temporary.path)
        let seen = Mutex(0)
        try temporary.archive.readCaptures { _, _ throws(ArchiveError) in
            let merged = try other.mergeSmallPacks()
            #expect(merged == nil)
            seen.withLock { $0 += 1 }
        }
        #expect(seen.withLock { $0 } == 12)
        #expect(try other.mergeSmallPacks() != nil, "it was due all the time")
    }

    @Test("what a stopped merging began to remove goes, but never without what it was merged into")
    func superseded() throws {
        let temporary = try TemporaryArchive()
        for generation in 0..<3 {
            _ = try temporary.archive.record(DeltaTests.observations(sites: 1, articles: 1, generation: generation))
        }
        let packs = try temporary.packs
        let list = temporary.path + "/state/superseded.json"
        func write(_ gone: [String], _ mergedInto: [String]) throws {
            let quoted: ([String]) -> String = { $0.sorted().map { "\"\($0)\"" }.joined(separator: ",") }
            try Data("{\"mergedInto\":[\(quoted(mergedInto))],\"packs\":[\(quoted(gone))]}\n".utf8).write(
                to: URL(filePath: list))
        }
        let nowhere = ObjectID(hashing: [1]).description + ".pack"
        for bad in [[nowhere], []] {
            try write(packs, bad)
            #expect(try temporary.archive.verify().captures == 3)
            #expect(!FileManager.default.fileExists(atPath: list))
        }
        try Data("{\"mergedInto\":[\"../x.pack\"],\"packs\":[\"../../stet.json\"]}\n".utf8).write(
            to: URL(filePath: list))
        #expect(try temporary.archive.verify().captures == 3)
        let copies = try packs.map { ($0, try Data(contentsOf: URL(filePath: "\(temporary.path)/packs/\($0)"))) }
        _ = try temporary.archive.compact(.all)
        let made = try temporary.packs
        // As if it had been stopped when only the first of them was gone.
        for (name, bytes) in copies.dropFirst() {
            try bytes.write(to: URL(filePath: "\(temporary.path)/packs/\(name)"))
        }
        try write(packs, made)
        #expect(try temporary.reopened().verify().captures == 3)
        #expect(try temporary.packs == made)
    }
}
