import Extraction
import Foundation
import Models
import Testing

/// What the fuzzer starts from, and what it found: files in Tests/Fuzzing/corpus.
struct Seed: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }

    static let all: [Seed] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzzing/corpus")
            .standardized
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.sorted().compactMap { path in
            guard let data = FileManager.default.contents(atPath: folder.appending(path: path).path) else { return nil }
            return Seed(name: path, bytes: [UInt8](data))
        }
    }()
}

@Suite("What is fuzzed")
struct CorpusTests {
    @Test("the corpus is there")
    func corpus() {
        #expect(Seed.all.count >= 35)
    }

    @Test(
        "every file is read as an article, the same each time, whatever it is said to be",
        arguments: Seed.all, ["text/html", "text/plain", "text/html; charset=gb18030", nil])
    func read(_ seed: Seed, _ mediaType: String?) {
        let one = ArticleReader.read(seed.bytes, mediaType: mediaType, url: "https://post.example/a")
        let two = ArticleReader.read(seed.bytes, mediaType: mediaType, url: "https://post.example/a")
        #expect(Faults.first(in: one, of: seed.bytes) == nil)
        #expect(one.revision == two.revision)
        #expect(one.form == two.form && one.characterSet == two.characterSet && one.malformed == two.malformed)
    }

    @Test("every file, and every beginning of it, gives a sound tree", arguments: Seed.all)
    func tree(_ seed: Seed) {
        for count in 0...min(seed.bytes.count, 600) {
            let bytes = Array(seed.bytes.prefix(count))
            #expect(Faults.first(in: HTMLDocument(parsing: bytes)) == nil)
            #expect(Faults.first(in: HTMLDocument(parsingFragment: bytes, in: .td)) == nil)
        }
        #expect(Faults.first(in: HTMLDocument(parsing: seed.bytes)) == nil)
    }
}
