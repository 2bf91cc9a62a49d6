import Diffing
import Models
import Testing

/// Counts kept as an archive would keep them.
private struct Counts {
    var evidence: [BlockFingerprint: FurnitureEvidence] = [:]
    private var shown: [String: Set<BlockFingerprint>] = [:]
    private var flickered: [String: Set<BlockFingerprint>] = [:]
    private var last: [String: Revision] = [:]

    mutating func learn(_ article: String, _ revision: Revision) {
        let lesson = FurnitureLesson(revision, after: last[article])
        for print in lesson.shown where shown[article, default: []].insert(print).inserted {
            evidence[print, default: FurnitureEvidence()].articles += 1
        }
        for print in lesson.flickered where flickered[article, default: []].insert(print).inserted {
            evidence[print, default: FurnitureEvidence()].flickers += 1
        }
        last[article] = revision
    }

    var learned: LearnedFurniture { LearnedFurniture(siteArticles: last.count, evidence: evidence) }
}

@Suite("Learned furniture")
struct FurnitureTests {
    private let promo = "Sign up for our morning letter"
    private let background =
        "The Karna, which rises in the northern hills, has flooded its lower valley eleven times in the last hundred years, most recently in 1987, when the dykes at Osterby broke and two thousand people had to leave their homes for weeks; the commission that looked into it asked for higher dykes, which were never built."

    private func article(_ number: Int, _ extra: String...) -> Revision {
        Revision(
            body: (0..<6).map {
                "Article \(number) says in sentence \($0) what no other says, at length and with care."
            } + extra)
    }

    private func isFurniture(_ counts: Counts, _ text: String) -> Bool {
        counts.learned.isFurniture(.init(.paragraph, text))
    }

    @Test("a short block of three articles is furniture, one of two is not")
    func shared() {
        var counts = Counts()
        for number in 0..<2 { counts.learn("\(number)", article(number, promo)) }
        #expect(!isFurniture(counts, promo))
        counts.learn("2", article(2, promo.uppercased()))
        #expect(isFurniture(counts, promo))
        #expect(!isFurniture(counts, article(0).blocks[0].text))
    }

    @Test("many revisions of one article count once")
    func once() {
        var counts = Counts()
        for number in 0..<5 { counts.learn("a", article(number, promo)) }
        #expect(!isFurniture(counts, promo))
    }

    @Test("a paragraph of background that an outlet uses again is none")
    func backgroundStays() {
        var counts = Counts()
        for number in 0..<9 { counts.learn("\(number)", article(number, background)) }
        #expect(!isFurniture(counts, background))
    }

    @Test("a correction notice never is")
    func notice() {
        let notice = "Correction: an earlier version of this article misspelled a name."
        var counts = Counts()
        for number in 0..<9 { counts.learn("\(number)", article(number, notice)) }
        #expect(!isFurniture(counts, notice))
    }

    @Test("a counter that ticks in three articles is furniture at every count")
    func counter() {
        var counts = Counts()
        for number in 0..<3 {
            counts.learn("\(number)", article(number, "\(number + 7) comments so far"))
            counts.learn("\(number)", article(number, "\(number * 3 + 40) comments so far"))
        }
        #expect(isFurniture(counts, "998 comments so far"))
        #expect(!isFurniture(counts, "998"))
        #expect(!isFurniture(counts, "998 people so far"))
    }

    @Test("a figure changed in silence in one article makes no furniture")
    func silentEdit() {
        var counts = Counts()
        counts.learn("a", article(1, "12 sailors died."))
        for figure in 13..<30 { counts.learn("a", article(1, "\(figure) sailors died.")) }
        #expect(!isFurniture(counts, "14 sailors died."))
    }

    @Test("what changes while the article is rewritten does not flicker")
    func rewritten() {
        var counts = Counts()
        for number in 0..<4 {
            counts.learn("\(number)", article(number, "\(number) comments so far"))
            counts.learn("\(number)", article(number + 100, "\(number + 50) comments so far"))
        }
        #expect(!isFurniture(counts, "998 comments so far"))
    }

    @Test("edits of learned furniture are left out of a comparison")
    func comparison() {
        var counts = Counts()
        for number in 0..<3 {
            counts.learn("\(number)", article(number, "\(number + 7) comments so far", promo))
            counts.learn("\(number)", article(number, "\(number * 3 + 40) comments so far", promo))
        }
        let learned = counts.learned
        let from = article(9, "5 comments so far", promo)
        let to = article(9, "6 comments so far", "New: tea at eight.")
        let comparison = Comparison(from: from, to: to, isFurniture: learned.isFurniture)
        #expect(comparison.edits.map { "\($0.kind) \($0.after ?? "")" } == ["added New: tea at eight."])
        #expect(Comparison(from: from, to: to).edits.count > 1)
        #expect(LearnedFurniture.keys(from, to).isSuperset(of: [BlockFingerprint(.init(.paragraph, promo))]))
    }

    @Test("fingerprints are what they were: they are stored")
    func stable() {
        #expect(BlockFingerprint(.init(.paragraph, "“Read  more”")) == BlockFingerprint(.init(.heading, "read more.")))
        #expect(BlockFingerprint(.init(.paragraph, "Read more")).rawValue == 7_157_307_470_588_590_955)
    }
}
