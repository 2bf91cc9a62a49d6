import Extraction
import Glibc
import Models
import Testing

/// CPU seconds this thread has used: unlike the clock, it does not run while others use the machine.
private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How many elements are within one another at most; -1 if the tree has more nodes than the document.
private func depth(of document: HTMLDocument) -> Int {
    var depth = 0
    var deepest = 0
    var nodes = 0
    for step in document.walk(document.root) {
        switch step {
        case .enter:
            nodes += 1
            depth += 1
            deepest = max(deepest, depth)
            if nodes > document.nodeCount { return -1 }
        case .leave: depth -= 1
        }
    }
    return deepest
}

@Suite("Pages made to do harm cost no more than their size", .serialized)
struct HostilePageTests {
    @Test("parsing is linear, and memory in proportion", arguments: HostilePage.all)
    func parsing(_ page: HostilePage) {
        let small = cost(of: page.make(500_000))
        let large = cost(of: page.make(2_000_000))
        // Four times the page may cost ten times as much before it counts as more than linear.
        #expect(large.seconds < 10 * max(small.seconds, 0.01))
        #expect(large.seconds < 4)
        #expect(large.deepest > 0 && large.deepest < 600)
    }

    private func cost(of bytes: [UInt8]) -> (seconds: Double, deepest: Int) {
        let start = threadSeconds()
        let document = HTMLDocument(parsing: bytes)
        let seconds = threadSeconds() - start
        #expect(document.byteCount < 20 * bytes.count)
        #expect(document.nodeCount <= bytes.count / 10 + bytes.count / 16 + 40_000)
        return (seconds, depth(of: document))
    }

    @Test(
        "ten megabytes are read within seconds",
        arguments: [
            "<div>", "<b><i><a>", "<b><p>", "<table><b>x", "<table><tr><td>", "\0", "&amp;amp;", "<svg><foreignObject>",
        ])
    func tenMegabytes(_ unit: String) {
        let bytes = HostilePage("", unit).make(10_000_000)
        let start = threadSeconds()
        let document = HTMLDocument(parsing: bytes)
        #expect(threadSeconds() - start < 10)
        #expect(document.byteCount < 20 * bytes.count)
        #expect(depth(of: document) < 600)
    }

    @Test("100,000 divs within one another: the deepest become siblings, and no text is lost")
    func deepDivs() {
        let source = HostilePage.many("<div>", 100_000) + "x" + HostilePage.many("</div>", 100_000) + "<p>y"
        let document = HTMLDocument(parsing: Array(source.utf8))
        #expect(document.nodeCount == 100_000 + 7)
        #expect(depth(of: document) <= 516)
        #expect(document.text(of: document.root) == "xy")
        #expect(!document.isTruncated)
    }

    @Test("a million attributes: the first thousand are kept")
    func manyAttributes() throws {
        let source = "<p " + (0..<1_000_000).map { "a\($0)=b" }.joined(separator: " ") + ">x"
        let document = HTMLDocument(parsing: Array(source.utf8))
        let body = try #require(document.body)
        let paragraph = try #require(document.firstChild(of: body, .p))
        #expect(document.attributes(of: paragraph).count == 1024)
        #expect(document.text(of: paragraph) == "x")
    }

    @Test("ten megabytes of one attribute")
    func longAttribute() throws {
        let value = HostilePage.many("&amp;x", 1_700_000)
        let document = HTMLDocument(parsing: Array("<p title='\(value)'>y".utf8))
        let body = try #require(document.body)
        let paragraph = try #require(document.firstChild(of: body, .p))
        #expect(document.attribute(paragraph, .title)?.count == 3_400_000)
    }

    @Test("an article is read from any of them in linear time", arguments: HostilePage.all)
    func reading(_ page: HostilePage) {
        func cost(_ size: Int) -> Double {
            let bytes = page.make(size)
            let start = threadSeconds()
            let reading = ArticleReader.read(bytes, mediaType: "text/html", url: "https://post.example/a")
            let seconds = threadSeconds() - start
            let text = reading.revision?.blocks.reduce(0) { $0 + $1.text.utf8.count } ?? 0
            #expect(text <= 4 * bytes.count)
            return seconds
        }
        let small = cost(100_000)
        let large = cost(400_000)
        #expect(large < 10 * max(small, 0.02))
        #expect(large < 4)
    }
}
