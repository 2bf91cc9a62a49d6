extension Passage {
    /// A block of a page, to be judged by the same rules as a line of a plain text.
    init(text: String, form: Form) {
        var text = text
        self = text.withUTF8 { Passage($0, form: form, gap: 1) }
    }
}
