/// Writes what several articles give of one quotation or figure, each beside the one that most give.
struct VersionWriter {
    /// Stretches of one speech in one article.
    private static let most = 12

    private let telling: Telling
    /// By article.
    private var mentions: [[Mention]]
    private let kind: Retelling.Kind

    init(_ telling: Telling, _ cluster: [Int]) {
        self.telling = telling
        mentions = Array(repeating: [], count: telling.readings.count)
        for at in cluster { mentions[telling.mentions[at].article].append(telling.mentions[at]) }
        kind = telling.mentions[cluster[0]].kind
        for article in mentions.indices { mentions[article] = distinct(Array(mentions[article].prefix(Self.most))) }
    }

    /// Nil where articles agree on a phrase that says nothing.
    func row() -> Retelling.Row? {
        let tellers = mentions.indices.filter { !mentions[$0].isEmpty }
        guard tellers.count > 1 else { return nil }
        let reference = reference(tellers)
        let versions = mentions.indices.map { article in
            mentions[article].isEmpty ? nil : version(article, reference)
        }
        return Retelling.Row(kind: kind, versions: versions, reference: reference, comparable: [])
    }

    /// What an article gives twice, or gives in part and in whole, once.
    private func distinct(_ mentions: [Mention]) -> [Mention] {
        guard kind == .quotation else { return Array(mentions.prefix(1)) }
        var kept: [Mention] = []
        for mention in mentions.sorted(by: { $0.words.count > $1.words.count })
        where !kept.contains(where: { Self.contains($0.words, mention.words) }) { kept.append(mention) }
        return kept.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    private static func contains(_ long: [Int32], _ short: [Int32]) -> Bool {
        guard short.count <= long.count else { return false }
        return (0...long.count - short.count).contains { long[$0..<$0 + short.count].elementsEqual(short) }
    }

    /// The one that most give; of several the first.
    private func reference(_ tellers: [Int]) -> Int {
        func said(_ article: Int) -> [Int32] { mentions[article].flatMap(\.words) }
        func alike(_ a: Int, _ b: Int) -> Bool {
            kind == .figure ? mentions[a][0].value == mentions[b][0].value : said(a) == said(b)
        }
        func votes(_ article: Int) -> Int { tellers.count { alike($0, article) } }
        return tellers.max { (votes($0), -$0) < (votes($1), -$1) } ?? tellers[0]
    }

    // MARK: One version

    private func version(_ article: Int, _ reference: Int) -> Retelling.Version {
        let reading = telling.readings[article]
        let own = mentions[article]
        let way = SpokenWay(line(reference), line(article))
        let sentences = own.flatMap { mention in
            reading.sentences.indices(of: mention.tokens, in: reading.blocks[mention.block].sentences, reading)
        }
        let (first, last) = (own[0], own[own.count - 1])
        let start = reading.tokens[first.tokens.lowerBound].start
        let end = reading.tokens[last.tokens.upperBound - 1].end
        let lead = sentences.first.map { reading.sentences[$0].bytes.lowerBound } ?? start
        let tail = sentences.last.map { reading.sentences[$0].bytes.upperBound } ?? end
        return Retelling.Version(
            text: line(article).text, lead: reading.string(min(lead, start)..<start),
            tail: reading.string(end..<max(end, tail)),
            sentences: sentences.map { reading.string(reading.sentences[$0].bytes) }, words: way.runs,
            agreement: agreement(article, reference, way), block: first.block)
    }

    private func agreement(_ article: Int, _ reference: Int, _ way: SpokenWay) -> Retelling.Agreement {
        guard kind == .figure else { return way.agreement }
        let (own, other) = (mentions[article][0], mentions[reference][0])
        guard own.value == other.value else { return .altered }
        return hedges(own) == hedges(other) ? .same : .hedged
    }

    private func hedges(_ mention: Mention) -> [Int32] {
        let figure = telling.statements[mention.article][mention.statement].figure.lowerBound
        return (mention.tokens.lowerBound..<max(figure, mention.tokens.lowerBound)).map {
            telling.readings[mention.article].folds[$0]
        }
    }

    private func line(_ article: Int) -> SpokenLine {
        SpokenLine(mentions[article].map(\.tokens), telling.readings[article])
    }
}

extension [Reading.Sentence] {
    /// Of a block's sentences those that tokens lie in.
    fileprivate func indices(of tokens: Range<Int>, in block: Range<Int>, _ reading: Reading) -> [Int] {
        block.filter { self[$0].tokens.overlaps(tokens) }
    }
}
