internal import Extraction
internal import Models
internal import Storage
internal import Tracking

/// What `search.html` looks words up in: scripts that a page may load where it may read no files.
///
/// `search/words-N-M.js` hold, for the words that begin with the same two letters as others of that number, the articles that have
/// them; `search/articles-N.js` what is shown of 250 articles; `search/start.js` how many files there are, and by what rule words are the same. A search loads
/// only what it needs: two or three files, however large the archive is.
struct SearchIndex {
    /// Files of words.
    private static let shards = 256
    /// Articles in one file.
    private static let block = 250
    /// Articles whose words are held in memory at once.
    private static let batch = 2000

    private let view: ViewedArchive
    private let scope: ExportScope
    private let href: (String) -> String?

    /// - Parameter href: the address of an article, seen from the export's own folder.
    init(_ view: ViewedArchive, _ scope: ExportScope, href: @escaping (String) -> String?) {
        self.view = view
        self.scope = scope
        self.href = href
    }

    /// - Parameter publish: given each file's bytes and name.
    func write(_ publish: (_ bytes: [UInt8], _ file: String) throws -> Void) throws {
        var words = [[UInt8]](repeating: [], count: Self.shards)
        var files = [Int](repeating: 0, count: Self.shards)
        var postings: [String: [Int]] = [:]
        var number = 0
        var after: String?
        repeat {
            let listing = try view.listing(ArticleFilter(), after: after, limit: Self.block)
            after = listing.next
            var entries: [JSON] = []
            for article in listing.articles {
                entries.append(entry(article))
                for word in try self.words(of: article) { postings[word, default: []].append(number) }
                number += 1
            }
            guard !entries.isEmpty else { break }
            let block = (number - 1) / Self.block
            try publish(Self.script("articles", block, .array(entries)), "articles-\(block).js")
            if number % Self.batch < Self.block || after == nil {
                Self.append(&postings, to: &words)
                for shard in 0..<Self.shards
                where words[shard].count > 1 << 22 || (after == nil && !words[shard].isEmpty) {
                    let text = JSON.string(String(decoding: words[shard], as: UTF8.self))
                    try publish(Self.script("words", shard, text), "words-\(shard)-\(files[shard]).js")
                    files[shard] += 1
                    words[shard] = []
                }
            }
        } while after != nil
        try publish(Self.script("start", number, start(files)), "start.js")
    }

    private static func script(_ kind: String, _ number: Int, _ value: JSON) -> [UInt8] {
        Array("stetSearch(\"\(kind)\",\(number),".utf8) + value.canonicalBytes + Array(");\n".utf8)
    }

    private func entry(_ article: ListedArticle) -> JSON {
        let headline = article.headline ?? "(no headline)"
        return .array([
            .string(headline), .string(article.key.description), .string(href(article.name) ?? ""),
            .string(TimeText(article.lastCapturedAt).text), .string(DirectedText(headline).dir),
        ])
    }

    /// Of all states that show the article.
    private func words(of article: ListedArticle) throws -> Set<String> {
        guard let summary = try view.archive.article(named: article.name) else { return [] }
        var words: Set<String> = []
        var seen: Set<ObjectID> = []
        for state in try view.archive.history(of: summary) {
            guard seen.insert(state.revision).inserted, let revision = try revision(of: state) else { continue }
            for text in [revision.headline ?? ""] + revision.blocks.map(\.text) {
                words.formUnion(SearchText.words(text))
            }
        }
        return words
    }

    /// Nil for what is no text, or damaged: its own page says so.
    private func revision(of state: HistoryState) throws -> Revision? {
        do throws(ArchiveError) {
            return try view.archive.interpretation(of: state.first).revision
        } catch {
            if case .damaged = error { return nil }
            throw error
        }
    }

    /// `word 3 17 18` a line.
    private static func append(_ postings: inout [String: [Int]], to words: inout [[UInt8]]) {
        for (word, articles) in postings.sorted(by: { $0.key < $1.key }) {
            words[shard(of: word)] += Array("\(word) \(articles.map(String.init).joined(separator: " "))\n".utf8)
        }
        postings.removeAll(keepingCapacity: true)
    }

    /// By the first two characters, so that a beginning leads to the same file as its words.
    private static func shard(of word: String) -> Int {
        var hash: UInt32 = 2_166_136_261
        for scalar in word.unicodeScalars.prefix(2) { hash = (hash ^ scalar.value) &* 16_777_619 }
        return Int(hash % UInt32(shards))
    }

    /// How many files each shard has, and every character that is not its own folding: what a reader types goes by the same rule.
    private func start(_ files: [Int]) -> JSON {
        var folded: [JSON] = []
        for value in UInt32(0x20)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = TextFolding.fold(String(scalar))
            if text.unicodeScalars.first != scalar { folded.append(.array([JSON(Int(value)), .string(text)])) }
        }
        return ["files": .array(files.map { JSON($0) }), "block": JSON(Self.block), "folding": .array(folded)]
    }
}
