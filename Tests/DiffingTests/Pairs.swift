import Diffing
import Models
import Testing

/// Two revisions and the edits that a careful reader finds between them.
struct Pair: Sendable, CustomTestStringConvertible {
    let name: String
    let from: Revision
    let to: Revision
    /// `kind significance`, in display order.
    let edits: [String]

    var testDescription: String { name }

    init(_ name: String, from: Revision, to: Revision, _ edits: String...) {
        self.name = name
        self.from = from
        self.to = to
        self.edits = edits
    }

    /// One paragraph between two that stand still.
    init(_ name: String, language: String? = nil, _ before: String, _ after: String, _ edits: String...) {
        self.name = name
        from = Revision(language: language, body: [Self.first, before, Self.last])
        to = Revision(language: language, body: [Self.first, after, Self.last])
        self.edits = edits
    }

    /// Paragraphs as they were and are.
    init(_ name: String, _ before: [String], _ after: [String], _ edits: String...) {
        self.name = name
        from = Revision(body: before)
        to = Revision(body: after)
        self.edits = edits
    }

    static let first = "The ferry to the northern islands left the harbour of Lindvik at dawn."
    static let last = "Passengers are asked to carry their papers with them."
}

extension Revision {
    init(language: String? = nil, body: [String]) {
        self.init(headline: "Ferry leaves Lindvik", blocks: body.map { Block(.paragraph, $0) }, language: language)
    }
}

/// Paragraphs with nothing in common.
let flood = "Heavy rain in the hills above Osterby flooded forty cellars on Tuesday night."
let bridge = "The old bridge over the Karna stays closed until engineers have looked at its two middle pillars."
let school = "Children were sent home early. Their teachers cleaned the gymnasium. Lessons start again on Thursday."
let relief = "Volunteers from neighbouring villages brought pumps, blankets and hot soup to the evacuated streets."
