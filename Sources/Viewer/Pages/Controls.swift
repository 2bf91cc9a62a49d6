internal import Diffing
internal import Tracking

/// An option of a form's list.
struct Choice {
    let value: String
    let text: String
    let isChosen: Bool

    static func significances(_ chosen: Significance?, any: String?) -> [Choice] {
        let all = [
            (Significance.substantive, "Substantive"), (.minor, "Minor or more"), (.cosmetic, "Cosmetic or more"),
        ]
        let first = any.map { [Choice(value: "", text: $0, isChosen: chosen == nil)] } ?? []
        return first + all.map { Choice(value: $0.0.rawValue, text: $0.1, isChosen: $0.0 == chosen) }
    }

    static func kinds(_ chosen: EditKind?) -> [Choice] {
        [Choice(value: "", text: "Any kind", isChosen: chosen == nil)]
            + EditKind.allCases.map {
                Choice(value: $0.rawValue, text: PlainWords.of($0), isChosen: $0 == chosen)
            }
    }
}

/// A label of few words, coloured by how much it matters.
struct Tag {
    /// Of the style sheet.
    let style: String
    let text: String

    init(_ style: String, _ text: String) {
        self.style = style
        self.text = text
    }

    /// "2 substantive", "1 minor".
    static func counts(_ counts: [Significance: Int]) -> [Tag] {
        Significance.allCases.reversed().compactMap { level in
            guard let count = counts[level], count > 0 else { return nil }
            return Tag(level.rawValue, "\(Counted.grouped(count)) \(level.rawValue)")
        }
    }

    /// Nil for a page that shows the article as it should.
    static func health(_ health: StateHealth) -> Tag? {
        if health.isReturned { return Tag("returned", "returned") }
        switch health.state {
        case .healthy: return nil
        case .suspect: return Tag("suspect", PlainWords.of(health))
        case .gone: return Tag("gone", PlainWords.of(health))
        }
    }
}

/// What the program's words mean, for readers who are no programmers.
enum PlainWords {
    static func of(_ kind: EditKind) -> String {
        switch kind {
        case .headline: "Headline"
        case .quotation: "Quotation"
        case .figure: "Figure or date"
        case .name: "Name"
        case .attribution: "Attribution"
        case .image: "Picture or caption"
        case .added: "Text added"
        case .removed: "Text removed"
        case .correction: "Correction notice"
        case .wording: "Wording"
        case .moved: "Text moved"
        case .byline: "Byline"
        case .date: "Date line"
        case .link: "Link"
        case .typography: "Typography"
        case .markup: "Markup"
        }
    }

    static func of(_ health: StateHealth) -> String {
        switch (health.state, health.reason) {
        case (.healthy, _): health.isReturned ? "the article is back" : "shows the article"
        case (.gone, .withdrawn): "withdrawn"
        case (.gone, _): "gone"
        case (.suspect, .consentWall): "a consent wall"
        case (.suspect, .errorPage): "an error page"
        case (.suspect, .loginWall): "a login wall"
        case (.suspect, .stub): "a stub of the article"
        case (.suspect, .captcha): "a captcha"
        case (.suspect, .homePage): "a front page"
        case (.suspect, .empty): "an empty page"
        case (.suspect, .withdrawn): "a notice of withdrawal"
        case (.suspect, _): "not the article"
        }
    }
}

/// A link to where a list goes on.
struct Onward {
    let href: String
    let text: String
}
