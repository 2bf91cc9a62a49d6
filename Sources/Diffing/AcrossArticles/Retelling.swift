package import Models

/// What several articles tell of one event: every quotation and every figure that at least two of them give, as each gives it.
///
/// Articles in different languages are not compared: a translation alters every word.
package struct Retelling: Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable { case quotation, figure }

    /// How one article's version stands to the row's reference.
    package enum Agreement: String, Sendable, Hashable, CaseIterable {
        /// Word for word; typography does not count. Of figures: the same value with the same hedge.
        case same
        /// Word for word, but not all of it; or more of it.
        case part, more
        /// The same value, hedged otherwise: `17` and `at least 17`.
        case hedged
        case altered
    }

    package struct Version: Sendable, Hashable {
        /// What was quoted, or the figure with what it counts.
        package let text: String
        /// What stands before and after it in its sentence, or sentences.
        package let lead: String
        package let tail: String
        /// The sentences it stands in, as they are written.
        package let sentences: [String]
        /// The way from the reference to `text`; what only typography tells apart counts as equal.
        package let words: [WordRun]
        package let agreement: Agreement
        package let block: Int
    }

    package struct Row: Sendable, Hashable {
        package let kind: Kind
        /// By article; nil where it does not give this.
        package let versions: [Version?]
        /// Index of the article whose version the others are compared with: the one that most give, of several the first.
        package let reference: Int
        /// The articles in the language of these versions: what the others tell was not compared.
        package let comparable: Set<Int>

        package var isDisputed: Bool {
            versions.contains { $0.map { $0.agreement == .altered || $0.agreement == .hedged } ?? false }
        }
        package var tellers: Int { versions.count { $0 != nil } }
    }

    /// What is told differently first, of that what most tell.
    package let rows: [Row]

    /// - Parameter articles: first what was seen first.
    package init(_ articles: [Revision]) {
        var rows: [Row] = []
        for members in Self.byLanguage(articles) where members.count > 1 {
            let telling = Telling(members.map { articles[$0] }, language: articles[members[0]].language)
            rows += telling.rows().map { row in
                var versions = [Version?](repeating: nil, count: articles.count)
                for (at, version) in row.versions.enumerated() { versions[members[at]] = version }
                return Row(
                    kind: row.kind, versions: versions, reference: members[row.reference], comparable: Set(members))
            }
        }
        func rank(_ row: Row) -> (Int, Int, Int) {
            (row.isDisputed ? 0 : 1, row.kind == .quotation ? 0 : 1, -row.tellers)
        }
        self.rows = rows.enumerated().sorted { a, b in
            let (first, second) = (rank(a.element), rank(b.element))
            return first == second ? a.offset < b.offset : first < second
        }.map(\.element)
    }

    /// Those of one language together; whoever says none is taken to write as most do.
    private static func byLanguage(_ articles: [Revision]) -> [[Int]] {
        var groups: [String: [Int]] = [:]
        for (at, article) in articles.enumerated() {
            let language = article.language.map { $0.prefix { $0 != "-" && $0 != "_" }.lowercased() } ?? ""
            groups[language, default: []].append(at)
        }
        if let unknown = groups.removeValue(forKey: "") {
            let most = groups.max { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }?.key ?? ""
            groups[most, default: []] += unknown
        }
        return groups.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }
}

/// A quotation or figure in one article.
struct Mention {
    let article: Int
    let kind: Retelling.Kind
    let tokens: Range<Int>
    let block: Int
    /// Folded words of a quotation.
    var words: [Int32] = []
    /// Where among `words` its sentences are.
    var sentences: [Range<Int>] = []
    /// Of a figure: its place among the article's statements, and its value.
    var statement = 0
    var value = ""
}

/// Articles of one language, read with one vocabulary.
struct Telling {
    /// Of each article, in bytes; what lies behind is left out.
    private static let longest = 400_000
    /// Of each article: more than any has, and few enough to compare all.
    private static let mostQuotations = 1024

    let readings: [Reading]
    let vocabulary: Vocabulary
    let statements: [[FigureStatement]]
    let mentions: [Mention]

    init(_ articles: [Revision], language: String?) {
        var pair = PairReading()
        var readings: [Reading] = []
        for article in articles {
            pair.after = Reading()
            for block in article.blocks where pair.after.bytes.count < Self.longest {
                pair.read(pair.after.add(block.kind, block.text), on: .after)
            }
            readings.append(pair.after)
        }
        pair.vocabulary.settleLanguage(declared: language)
        let vocabulary = pair.vocabulary
        let statements = readings.map { FigureStatements($0, vocabulary).found() }
        var mentions: [Mention] = []
        for (article, reading) in readings.enumerated() {
            mentions += Self.quotations(reading, article).prefix(Self.mostQuotations)
            for (at, statement) in statements[article].enumerated() {
                mentions.append(
                    Mention(
                        article: article, kind: .figure, tokens: statement.tokens,
                        block: reading.sentences[statement.sentence].block, statement: at, value: statement.value))
            }
        }
        self.readings = readings
        self.vocabulary = vocabulary
        self.statements = statements
        self.mentions = mentions
    }

    func rows() -> [Retelling.Row] {
        let clusters = TellingLinks(self).clusters()
        return clusters.compactMap { VersionWriter(self, $0).row() }
    }

    func pair(_ a: Int, _ b: Int) -> PairReading {
        var pair = PairReading()
        pair.before = readings[a]
        pair.after = readings[b]
        pair.vocabulary = vocabulary
        return pair
    }

    /// What stands inside quotation marks, over as many sentences as it runs.
    private static func quotations(_ reading: Reading, _ article: Int) -> [Mention] {
        var found: [Mention] = []
        for block in reading.blocks.indices {
            let range = reading.blocks[block].tokens
            var at = range.lowerBound
            while at < range.upperBound {
                guard reading.tokens[at].isQuoted else {
                    at += 1
                    continue
                }
                var end = at + 1
                while end < range.upperBound, reading.tokens[end].isQuoted || isInner(end, reading, range) { end += 1 }
                var last = end
                while last > at, [.punctuation, .quote].contains(reading.tokens[last - 1].kind) { last -= 1 }
                let words = (at..<last).filter { reading.tokens[$0].isWord }.map { reading.folds[$0] }
                if words.count >= 3 {
                    found.append(
                        Mention(
                            article: article, kind: .quotation, tokens: at..<last, block: block, words: words,
                            sentences: sentences(of: at..<last, block, reading)))
                }
                at = end
            }
        }
        return found
    }

    private static func sentences(of tokens: Range<Int>, _ block: Int, _ reading: Reading) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for sentence in reading.blocks[block].sentences {
            let range = reading.sentences[sentence].tokens.clamped(to: tokens)
            let start = found.last?.upperBound ?? 0
            let count = range.isEmpty ? 0 : reading.wordCount(range)
            if count > 0 { found.append(start..<start + count) }
        }
        return found
    }

    /// A mark of its own inside a quotation: an apostrophe, or one that opens or closes what the speaker quotes.
    private static func isInner(_ at: Int, _ reading: Reading, _ range: Range<Int>) -> Bool {
        reading.tokens[at].kind == .quote && at + 1 < range.upperBound && reading.tokens[at + 1].isQuoted
            && reading.tokens[at - 1].isQuoted
    }
}
