import Models

/// How much of one text is in another, by their content words, and how alike their headlines are.
struct PageLikeness {
    /// Share of the new page's content words that the old one has.
    let ofNew: Double
    let ofOld: Double
    let headline: Double
    /// The beginning stands and little after it.
    let isStub: Bool

    init(_ new: PageText, _ old: PageText) {
        let common = new.content.reduce(0) { $0 + min($1.value, old.content[$1.key] ?? 0) }
        ofNew = Double(common) / Double(max(1, new.contentCount))
        ofOld = Double(common) / Double(max(1, old.contentCount))
        headline = Self.dice(new.headline, old.headline)
        let isBeginning = old.blockWords.prefix(3).contains { first in
            first.count >= 8 && new.blockWords.contains { $0.starts(with: first.prefix(8)) }
        }
        isStub = isBeginning && new.wordCount * 10 < old.wordCount * 3
    }

    var both: Double { ofNew + ofOld > 0 ? 2 * ofNew * ofOld / (ofNew + ofOld) : 0 }

    /// Most of the smaller text is in the larger: the article, edited, cut or grown.
    var isSame: Bool { both >= 0.3 || (max(ofNew, ofOld) >= 0.6 && (headline >= 0.5 || min(ofNew, ofOld) >= 0.1)) }

    private static func dice(_ a: [String], _ b: [String]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        let (first, second) = (Set(a), Set(b))
        return 2 * Double(first.intersection(second).count) / Double(first.count + second.count)
    }
}
