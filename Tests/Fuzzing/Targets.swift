import Diffing
import Extraction
import Glibc
import Models

/// What the fuzzer feeds: `STET_FUZZ_TARGET` says which.
enum Target: String {
    case html, charset, text, article, diff

    static let chosen: Target = {
        guard let value = getenv("STET_FUZZ_TARGET"), let target = Target(rawValue: String(cString: value)) else {
            fatalError("STET_FUZZ_TARGET must be html, charset, text, article or diff")
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .html: html(bytes)
        case .charset: charset(bytes)
        case .text: read(bytes, as: "text/plain")
        case .article:
            read(bytes, as: "text/html")
            read(bytes, as: nil)
        case .diff: diff(bytes)
        }
    }

    private func html(_ bytes: [UInt8]) {
        require(Faults.first(in: HTMLDocument(parsing: bytes)))
        let contexts: [HTMLName] = [
            .div, .td, .tr, .table, .template, .select, .title, .script, .frameset, .colgroup, .html,
        ]
        let context = contexts[Int(bytes.first ?? 0) % contexts.count]
        require(Faults.first(in: HTMLDocument(parsingFragment: bytes, in: context)))
        let foreign = HTMLDocument(
            parsingFragment: bytes, in: bytes.count % 2 == 0 ? .foreignObject : .mi,
            namespace: bytes.count % 2 == 0 ? .svg : .mathML)
        require(Faults.first(in: foreign))
    }

    /// The first byte chooses what is declared.
    private func charset(_ bytes: [UInt8]) {
        let names = [
            nil, "utf-8", "windows-1252", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr", "utf-16le",
            "utf-16be", "windows-1251", "koi8-r", "iso-8859-8",
        ]
        let name = names[Int(bytes.first ?? 0) % names.count]
        let payload = Array(bytes.dropFirst())
        for kind in [DecodedText.Kind.html, .text] {
            let type = name.map { "text/html; charset=" + $0 }
            let text = DecodedText(decoding: payload, contentType: type, kind: kind)
            let string = String(decoding: text.utf8, as: UTF8.self)
            require(Array(string.utf8) == text.utf8 ? nil : "what was decoded is not UTF-8")
            require(text.utf8.count <= 4 * payload.count + 16 ? nil : "more was decoded than there was")
        }
    }

    private func read(_ bytes: [UInt8], as mediaType: String?) {
        let url = "https://post.example/2026/01/story.html"
        let one = ArticleReader.read(bytes, mediaType: mediaType, url: url)
        require(Faults.first(in: one, of: bytes))
        let two = ArticleReader.read(bytes, mediaType: mediaType, url: url)
        require(one.revision == two.revision ? nil : "two readings differ")
    }

    /// Two revisions, a form feed between them, a line for each block.
    private func diff(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0x0C, maxSplits: 1, omittingEmptySubsequences: false).map { part in
            let lines = String(decoding: part, as: UTF8.self).split(separator: "\n")
            return Revision(
                headline: lines.first.map(String.init), authors: [],
                blocks: lines.dropFirst().map { Revision.Block(.paragraph, String($0)) })
        }
        let from = parts[0]
        let to = parts.count > 1 ? parts[1] : Revision()
        let comparison = Comparison(from: from, to: to)
        require(comparison == Comparison(from: from, to: to) ? nil : "two comparisons differ")
        require(Comparison(from: from, to: from).edits.isEmpty ? nil : "a revision differs from itself")
        require(
            from.headline == to.headline && from.blocks == to.blocks || !comparison.rows.isEmpty
                || !comparison.edits.isEmpty ? nil : "a difference is not seen")
    }

    private func require(_ fault: String?) {
        if let fault { fatalError(fault) }
    }
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Target.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
