import Models

/// A captured page as words.
struct PageText {
    let headline: [String]
    let title: [String]
    let blockWords: [[String]]
    let wordCount: Int
    /// Content words with their counts; of scripts written without spaces pairs of characters.
    let content: [String: Int]
    let contentCount: Int
    /// The text ends in the middle, or so soon that nobody would call it an article.
    let isCutOff: Bool
    /// Many short lines, few of them sentences; or the outlet's name for a headline.
    let isIndex: Bool

    /// Enough to tell a page by; hostile ones are longer.
    private static let mostWords = 20_000
    private static let fewestLines = 12

    init(_ page: CapturedPage) {
        let revision = page.revision ?? Revision()
        headline = FoldedText.words(revision.headline ?? "")
        title = FoldedText.words(page.title ?? "")
        var words = FoldedWords()
        var read: [[Int32]] = []
        var left = Self.mostWords
        for block in revision.blocks where left > 0 {
            read.append(words.read(block.text))
            left -= read[read.count - 1].count
        }
        let texts = (0..<Int32(words.count)).map { words.text(of: $0) }
        let blocks = read.map { $0.map { texts[Int($0)] } }
        blockWords = blocks
        wordCount = blocks.reduce(0) { $0 + $1.count }
        content = Self.count(read, texts)
        contentCount = content.values.reduce(0, +)
        let last = revision.blocks.last?.text ?? ""
        isCutOff = blocks.count <= 3 || last.hasSuffix("…") || last.hasSuffix("...")
        let publisher = FoldedText.words(revision.publisher ?? "")
        let isNamedAfterOutlet = !publisher.isEmpty && headline == publisher
        isIndex = isNamedAfterOutlet || Self.isList(revision.blocks, blocks)
    }

    /// - Parameter texts: of the words by their numbers.
    private static func count(_ blocks: [[Int32]], _ texts: [String]) -> [String: Int] {
        let isIdeograph = texts.map { word in
            word.unicodeScalars.first.map { Scalars.classify($0.value) == .ideograph } ?? false
        }
        var counts: [String: Int] = [:]
        var times = [Int](repeating: 0, count: texts.count)
        for words in blocks {
            var last: Int32?
            for word in words {
                guard isIdeograph[Int(word)] else {
                    times[Int(word)] += 1
                    last = nil
                    continue
                }
                if let last { counts[texts[Int(last)] + texts[Int(word)], default: 0] += 1 }
                last = word
            }
        }
        for (word, count) in times.enumerated() where count > 0 {
            guard Lexicon.traits(of: texts[word]).isDisjoint(with: [.function, .attribution]) else { continue }
            counts[texts[word], default: 0] += count
        }
        return counts
    }

    private static func isList(_ blocks: [Revision.Block], _ words: [[String]]) -> Bool {
        guard words.count >= fewestLines else { return false }
        let short = words.count { $0.count <= 14 }
        let stopped = blocks.count { block in
            block.text.unicodeScalars.last.map { Scalars.classify($0.value) == .stop } ?? false
        }
        return short * 10 >= words.count * 7 && stopped * 10 <= words.count * 3
    }

    /// What the page's words say it is, if not an article. Where earlier revisions show that it is not theirs, less is needed.
    func reason(besides best: PageLikeness?) -> PageHealth.Reason? {
        let isUnlike = best.map { !$0.isSame || $0.isStub } ?? false
        let body = Array(blockWords.joined())
        let places = body.indices.filter { PagePhrases.firstWords.contains(body[$0]) }
        for (reason, phrases) in PagePhrases.all {
            let above = phrases.hits(inHeadline: headline).union(phrases.hits(inHeadline: title))
            let all = above.union(phrases.hits(in: body, at: places)).count
            guard all > 0 else { continue }
            let isTold =
                switch wordCount {
                case ...60: true
                case ...250: isUnlike || !above.isEmpty || all >= 2
                case ...800: isUnlike ? all >= 2 || !above.isEmpty : all >= 4 && !above.isEmpty
                default: isUnlike && all >= 3
                }
            if isTold { return reason }
        }
        return nil
    }
}
