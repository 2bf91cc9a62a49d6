internal import Extraction
internal import Models
internal import Storage

/// The images that belong to an article.
enum ArticleImages {
    static let most = 16
    static let largest = 8 << 20

    /// Addresses of the images in a page's article, in order, each once: those in `<article>`, else in `<main>`, without what stands in
    /// navigation, asides and footers; and the one that the page names for itself.
    static func find(in page: [UInt8], mediaType: String?, url: String) -> [String] {
        guard let base = WebAddress(url), ArticleReader.recognize(page, mediaType: mediaType).form == .html else {
            return []
        }
        let text = DecodedText(decoding: page, contentType: mediaType, kind: .html)
        var collector = ImageCollector()
        collector.read(text.utf8)
        var found: [String] = []
        for source in collector.chosen {
            guard found.count < most, source.utf8.count <= 8192, let address = base.resolving(source) else { continue }
            if !found.contains(address.description) { found.append(address.description) }
        }
        return found
    }
}

/// Goes through a page's tags. That is enough to know which images stand inside an article, and cannot be led astray for long.
private struct ImageCollector {
    private var inArticle: [String] = []
    private var inMain: [String] = []
    private var named: String?
    private var articles = 0
    private var mains = 0
    private var apart = 0

    var chosen: [String] { (named.map { [$0] } ?? []) + (inArticle.isEmpty ? inMain : inArticle) }

    mutating func read(_ html: [UInt8]) {
        var tags = TagReader(html)
        while let tag = tags.next() { take(tag) }
    }

    private mutating func take(_ tag: TagReader.Tag) {
        let step = tag.isEnd ? -1 : 1
        switch tag.name {
        case "article": articles = max(0, articles + step)
        case "main": mains = max(0, mains + step)
        case "nav", "aside", "footer": apart = max(0, apart + step)
        case "meta" where tag.attributes["property"] == "og:image" && named == nil: named = tag.attributes["content"]
        case "img" where apart == 0:
            guard let source = tag.attributes["src"] ?? tag.attributes["data-src"], !source.hasPrefix("data:") else {
                return
            }
            if articles > 0 { inArticle.append(source) }
            if mains > 0 { inMain.append(source) }
        default: break
        }
    }
}

/// Start and end tags of HTML with their attributes; comments, scripts and styles are passed over.
private struct TagReader {
    struct Tag {
        let name: String
        let isEnd: Bool
        var attributes: [String: String] = [:]
    }

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Tag? {
        while let mark = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
            at = mark + 1
            if bytes[at...].starts(with: "!--".utf8) {
                skip(past: Array("-->".utf8))
                continue
            }
            let isEnd = at < bytes.count && bytes[at] == UInt8(ascii: "/")
            if isEnd { at += 1 }
            let name = word()
            guard !name.isEmpty else { continue }
            var tag = Tag(name: name, isEnd: isEnd)
            while at < bytes.count, bytes[at] != UInt8(ascii: ">") { attribute(into: &tag) }
            if !isEnd, name == "script" || name == "style" { skip(past: Array("</\(name)".utf8)) }
            return tag
        }
        return nil
    }

    private mutating func skip(past end: [UInt8]) {
        while at < bytes.count {
            if bytes[at] | 0x20 == end[0] | 0x20, bytes.count - at >= end.count,
                zip(bytes[at..<at + end.count], end).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
            {
                at += end.count
                return
            }
            at += 1
        }
    }

    private mutating func word() -> String {
        let start = at
        while at < bytes.count, bytes[at] > 0x20, !"<>=/\"'".utf8.contains(bytes[at]), at - start < 64 { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    }

    private mutating func attribute(into tag: inout Tag) {
        while at < bytes.count, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: "/") { at += 1 }
        guard at < bytes.count, bytes[at] != UInt8(ascii: ">") else { return }
        let name = word()
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
            if name.isEmpty { at += 1 }
            return
        }
        at += 1
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        guard at < bytes.count else { return }
        let start: Int
        let end: Int
        if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
            let quote = bytes[at]
            start = at + 1
            end = bytes[start...].firstIndex(of: quote) ?? bytes.count
            at = min(bytes.count, end + 1)
        } else {
            start = at
            end = bytes[start...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ">") } ?? bytes.count
            at = end
        }
        if tag.attributes.count < 64, tag.attributes[name] == nil {
            tag.attributes[name] = XMLReader.unescaped(bytes[start..<end])
        }
    }
}

extension WebCapturing {
    /// The images of a page that are not in the archive yet.
    func fetchImages(of page: Fetched, with fetcher: PageFetcher) -> [Fetched] {
        guard page.outcome == .ok, page.status == 200 else { return [] }
        return ArticleImages.find(in: page.body, mediaType: page.mediaType, url: page.url).compactMap { url in
            guard !isHeld(url), var request = PageRequest(url, allowsPrivate: page.isPrivate) else { return nil }
            request.largestBody = ArticleImages.largest
            guard fetcher.heldBack(request) == nil else { return nil }
            return fetcher.fetch(request)
        }
    }

    /// An index that cannot be read is the next writer's to tell of; here it means one request more.
    private func isHeld(_ url: String) -> Bool {
        guard let key = ArticleKey(url: url) else { return false }
        do throws(ArchiveError) {
            return try isHeld(key)
        } catch {
            return false
        }
    }
}
