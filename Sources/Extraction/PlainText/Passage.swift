/// A piece of a text before it is known what it is in the article: a paragraph, a line, an item.
struct Passage {
    enum Form: UInt8 {
        /// Whatever the text itself does not say.
        case unmarked
        case paragraph, heading, listItem, quotation, caption
    }
    /// White space collapsed; never empty.
    let text: String
    var form: Form
    /// How many empty lines stand above it, to 255.
    let gap: UInt8
    /// What it measures in print.
    let width: Int
    private let ending: Ending

    private enum Ending: UInt8 { case sentence, open, none }

    /// `bytes`: valid UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>, form: Form, gap: Int) {
        self.init(bytes, text: String(decoding: bytes, as: UTF8.self), form: form, gap: gap)
    }

    /// `bytes`: those of `text`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, text: String, form: Form, gap: Int) {
        self.text = text
        self.form = form
        self.gap = UInt8(clamping: gap)
        width = TextWidth.of(bytes[...])
        ending = LineEnding.endsSentence(bytes[...]) ? .sentence : LineEnding.isOpen(bytes[...]) ? .open : .none
    }

    var endsSentence: Bool { ending == .sentence }
    /// Closes with a colon, a comma or a semicolon.
    var endsOpen: Bool { ending == .open }

    /// Running text, as articles are made of: a sentence at least, not a title, a label or a name.
    var isProse: Bool {
        switch form {
        case .heading, .caption: false
        case .unmarked, .paragraph, .listItem, .quotation:
            width >= 200 || (width >= 80 && ending != .none) || (width >= 60 && ending == .sentence)
        }
    }

    /// What a headline or a heading looks like.
    var isTitleLike: Bool {
        switch form {
        case .heading: true
        case .unmarked, .paragraph, .listItem: width <= 160 && !isProse && !endsOpen
        case .quotation, .caption: false
        }
    }
}

/// Passages as they are found, and a bound on how many a text may have.
struct PassageList {
    private(set) var passages: [Passage] = []
    private var overflow: [UInt8] = []

    /// No article has as many; what follows is put together into large paragraphs, so that time and memory stay in
    /// proportion to the text, however short its lines are.
    private static let most = 1 << 15
    private static let overflowSize = 1 << 16

    mutating func append(_ text: inout [UInt8], form: Passage.Form, gap: Int) {
        defer { text.removeAll(keepingCapacity: true) }
        while let last = text.last, last == 0x20 { text.removeLast() }
        guard !text.isEmpty else { return }
        if passages.count < Self.most {
            passages.append(text.withUnsafeBufferPointer { Passage($0, form: form, gap: gap) })
            return
        }
        if !overflow.isEmpty { overflow.append(0x20) }
        overflow += text
        if overflow.count >= Self.overflowSize { flush() }
    }

    private mutating func flush() {
        guard !overflow.isEmpty else { return }
        passages.append(overflow.withUnsafeBufferPointer { Passage($0, form: .paragraph, gap: 1) })
        overflow.removeAll(keepingCapacity: true)
    }

    mutating func finish() -> [Passage] {
        flush()
        return passages
    }
}
