/// How much an edit matters to a reader.
public enum Significance: String, Sendable, Hashable, Comparable, CaseIterable {
    case cosmetic, minor, substantive

    public static func < (a: Significance, b: Significance) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .cosmetic: 0
        case .minor: 1
        case .substantive: 2
        }
    }
}

/// What was edited.
public enum EditKind: String, Sendable, Hashable, CaseIterable {
    case headline
    /// Words inside quotation marks, or which words stand inside them.
    case quotation
    /// A number, amount, share or date, or the hedge in front of one ("at least").
    case figure
    case name
    /// Who says so, or with which verb.
    case attribution
    /// A caption, which is all that a revision keeps of a picture.
    case image
    case added, removed
    /// A notice that the article was corrected or updated.
    case correction
    case wording
    case moved, byline, date
    /// A web or mail address in the text. Where links lead that do not show it, revisions do not say.
    case link
    case typography, markup
}

/// A stretch of text that both revisions have, or only one of them.
public struct WordRun: Sendable, Hashable {
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        case equal, delete, insert
    }

    public let operation: Operation
    public let text: String

    public init(_ operation: Operation, _ text: String) {
        self.operation = operation
        self.text = text
    }

    /// What differs between two texts, word by word. `equal` and `delete` runs together are `before`, byte for byte;
    /// `equal` and `insert` runs together are `after`.
    public static func between(_ before: String, _ after: String) -> [WordRun] {
        if before.utf8.elementsEqual(after.utf8) { return before.isEmpty ? [] : [WordRun(.equal, before)] }
        var reading = PairReading()
        let a = reading.add(line: before, to: .before)
        let b = reading.add(line: after, to: .after)
        reading.vocabulary.settleLanguage(declared: nil)
        return reading.runs(before: a, after: b, matches: reading.matches(before: a, after: b))
    }
}

/// One difference between two revisions. Computed, never stored.
public struct Edit: Sendable, Hashable {
    /// Where in a revision an edit is.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        case headline, byline, published, modified, body
    }

    public let kind: EditKind
    public internal(set) var significance: Significance
    public let part: Part
    /// The sentence, block or field as it read; nil for what was added.
    public let before: String?
    /// The sentence, block or field as it reads; nil for what was removed.
    public let after: String?
    /// The way from `before` to `after`: `equal` and `delete` runs together are `before`, `equal` and `insert` runs `after`.
    public let words: [WordRun]
    /// Index in the older revision's `blocks`; nil outside the body and for what was added.
    public let blockBefore: Int?
    /// Index in the newer revision's `blocks`; nil outside the body and for what was removed.
    public let blockAfter: Int?
    /// Nothing on the newer page tells the reader of this edit: it is minor or more, no correction or update notice came or
    /// changed with it, and none that stood there speaks of it. Dates and notices that came are never silent; a notice taken
    /// away is, unless another came.
    public internal(set) var isSilent = false

    init(
        _ kind: EditKind, _ significance: Significance, part: Part = .body, before: String?, after: String?,
        words: [WordRun], blockBefore: Int? = nil, blockAfter: Int? = nil
    ) {
        self.kind = kind
        self.significance = significance
        self.part = part
        self.before = before
        self.after = after
        self.words = words
        self.blockBefore = blockBefore
        self.blockAfter = blockAfter
    }
}
