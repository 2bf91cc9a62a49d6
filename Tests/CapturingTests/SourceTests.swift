import Capturing
import Foundation
import Models
import Storage
import Testing

@Suite("Finding what to capture")
struct SourceTests {
    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "stet-sources-\(UUID().uuidString)")
        for name in ["b/two.html", "b/c/three.txt", "a.txt", ".hidden/x.txt", "b/.x"] {
            let file = url.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: file)
        }
        return url
    }

    @Test("a folder gives its files in a stable order, with paths relative to it, without hidden ones")
    func walk() throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        for spelling in [url.path, url.path + "/"] {
            let (sources, failures) = SourceFinder.find([spelling])
            #expect(sources.map(\.relativePath) == ["a.txt", "b/c/three.txt", "b/two.html"])
            #expect(failures.isEmpty)
        }
    }

    @Test("a link to a folder is not followed, one to a file is")
    func links() throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        try FileManager.default.createSymbolicLink(atPath: url.path + "/loop", withDestinationPath: url.path)
        try FileManager.default.createSymbolicLink(
            atPath: url.path + "/z.txt", withDestinationPath: url.path + "/a.txt")
        #expect(
            SourceFinder.find([url.path]).sources.map(\.relativePath) == [
                "a.txt", "b/c/three.txt", "b/two.html", "z.txt",
            ])
    }

    @Test("a single file is known by its name, a missing one is a failure, - is the standard input")
    func single() throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let (sources, failures) = SourceFinder.find([url.path + "/b/two.html", url.path + "/none", "-"])
        #expect(sources.map(\.relativePath) == ["two.html", nil])
        #expect(failures.map(\.error.isMissing) == [true])
    }
}

@Suite("Which article a capture shows")
struct KeyTests {
    @Test(
        "what is stated wins, then the address with a canonical of the same site, then what the page declares, then the path",
        arguments: [
            ("stated/key", "https://a.example/x", "https://a.example/y", "p.html", "stated/key"),
            (nil, "https://a.example/x?utm_source=t", nil, "p.html", "a.example/x"),
            (nil, "https://www.a.example/x", "https://a.example/y", "p.html", "a.example/y"),
            (nil, "https://a.example/x", "https://other.example/y", "p.html", "a.example/x"),
            (nil, "https://a.example/x", "https://a.example/", "p.html", "a.example/x"),
            (nil, nil, "https://other.example/y", "p.html", "other.example/y"),
            (nil, nil, nil, "dir/p 1.html", "file:dir/p%201.html"),
        ] as [(String?, String?, String?, String, String)])
    func key(stated: String?, url: String?, canonical: String?, path: String, expected: String) throws {
        let link = canonical.map { "<link rel=\"canonical\" href=\"\($0)\">" } ?? ""
        let page =
            "<html><head>\(link)<title>A page</title></head><body><p>Some text of the page, long enough to be one.</p></body></html>"
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: url, article: stated, capturedAt: Timestamp(clampingSeconds: 0), payload: ObjectID(hashing: page),
            size: page.utf8.count, mediaType: "text/html", status: nil, headers: nil, outcome: "ok",
            via: .init(source: "file", path: path, tool: "test"), salt: Salt(using: &random))
        #expect(Interpreter.articles.interpret(detail, Array(page.utf8)).key.description == expected)
    }
}
