extension Passage {
    /// A block of a page, to be judged by the same rules as a line of a plain text.
    init(text: String, form: Form) {
        self = text.withBytes { Passage($0, text: text, form: form, gap: 1) }
    }
}
