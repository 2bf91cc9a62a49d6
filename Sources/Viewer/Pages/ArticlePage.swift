internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// One article: a picture of its life, its states with what was edited, its captures, and who else tells of the same.
struct ArticlePage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// States on one page.
    private static var length: Int { 60 }
    /// Captures that are listed of one state.
    private static var mostCaptures: Int { 40 }
    /// Edits that are shown of one state; all are on their own page.
    private static var mostEdits: Int { 3 }
    private static var mostRelated: Int { 8 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct CaptureRow {
        let name: String
        let href: String?
        let time: TimeText
        let size: String
    }

    private struct Row {
        let number: Int
        let headline: DirectedText?
        let from: TimeText
        let until: TimeText?
        let captures: String
        let tags: [Tag]
        let told: String
        let edits: [EditRow]
        let more: String?
        let diff: String?
        let capture: String?
        let rows: [CaptureRow]
        let moreCaptures: String?
        let isFaint: Bool
    }

    private struct Other {
        let href: String
        let headline: DirectedText
        let site: String
        let likeness: String
        let compare: String?
    }

    private struct Model {
        let headline: DirectedText
        let key: String
        let origin: String?
        let summary: String
        let tags: [Tag]
        let picture: String
        let legend: [LifePicture.LegendEntry]
        let states: [Row]
        let onward: Onward?
        let failures: [String]
        let failed: String?
        let others: [Other]
        let story: String?
        let changes: String?
    }

    func page(_ name: String, before: Int?) throws -> Page? {
        guard let article = try view.archive.article(named: name) else { return nil }
        let timeline = try view.tracker.timeline(of: article)
        let steps = try Steps(of: article, in: view.tracker)
        let life = LifePicture(timeline, steps)
        let shown = timeline.entries.filter { $0.state.number < before ?? Int.max }.suffix(Self.length)
        let states = shown.reversed().map { row($0, steps, timeline) }
        let headline = timeline.healthy.last?.headline ?? article.headline ?? "(no headline)"
        let failures = try view.archive.unreceived(of: article)
        var changes = ChangesQuery()
        changes.article = name
        changes.least = .cosmetic
        let onward = shown.first.flatMap { first in
            first.state.number > 1 ? links.href(.article(name, before: first.state.number)) : nil
        }
        let model = Model(
            headline: DirectedText(headline), key: article.key.description,
            origin: article.scope.map { "a file of archive \($0.short)" },
            summary: Self.summary(article, timeline), tags: Tag.counts(steps.counts), picture: life.svg,
            legend: life.legend, states: states, onward: onward.map { Onward(href: $0, text: "Earlier states") },
            failures: failures.suffix(Self.mostCaptures).reversed().map {
                "\(TimeText($0.capture.capturedAt).text): \($0.outcome)"
            },
            failed: failures.isEmpty ? nil : Counted.text(failures.count, "attempt"), others: try others(of: article),
            story: links.href(.story(name)),
            changes: links.href(.changes(changes)))
        let content = try view.templates.render("article", model)
        return Page(title: headline, section: .articles, content: content, feed: changes)
    }

    private static func summary(_ article: ArticleSummary, _ timeline: Timeline) -> String {
        let captures = Counted.text(article.captures, "capture")
        let first = TimeText(article.firstCapturedAt).text
        let span =
            article.firstCapturedAt == article.lastCapturedAt
            ? "on \(first)" : "from \(first) to \(TimeText(article.lastCapturedAt).text)"
        let states = timeline.entries.count > 1 ? ", in \(Counted.text(timeline.entries.count, "state"))" : ""
        return "\(captures) \(span)\(states)"
    }

    private func row(_ entry: Timeline.Entry, _ steps: Steps, _ timeline: Timeline) -> Row {
        let state = entry.state
        let step = steps[state.first.name]
        var tags = Tag.counts(step?.counts ?? [:])
        if let health = Tag.health(entry.health) { tags.insert(health, at: 0) }
        if step?.isSilent == true { tags.append(Tag("silent", "silent")) }
        if let earlier = state.revertsTo { tags.append(Tag("revert", "back to @\(earlier)")) }
        let kinds = step.map { step in
            EditKind.allCases.filter { step.kinds.contains($0) }.map { PlainWords.of($0).lowercased() }
        }
        let isFirst = timeline.entries.first?.state.number == state.number
        let told =
            isFirst
            ? "first seen"
            : kinds.map { $0.isEmpty ? "furniture only" : $0.joined(separator: ", ") } ?? "no edit of the article"
        let more = (step?.edits.count ?? 0) - Self.mostEdits
        let last = state.captures[state.captures.count - 1]
        return Row(
            number: state.number, headline: headline(of: entry, timeline).map(DirectedText.init),
            from: TimeText(state.first.capturedAt),
            until: last.capturedAt == state.first.capturedAt ? nil : TimeText(last.capturedAt),
            captures: Counted.text(state.captures.count, "capture"), tags: tags, told: told,
            edits: step.map { $0.edits.prefix(Self.mostEdits).map(EditRow.init) } ?? [],
            more: more > 0 ? "and \(Counted.text(more, "more edit"))" : nil,
            diff: step.flatMap { step in step.before.flatMap { links.href(.diff(from: $0, to: step.after, .sides)) } },
            capture: links.href(.capture(state.first.name)),
            rows: state.captures.prefix(Self.mostCaptures).map { capture in
                CaptureRow(
                    name: "\(capture.name)", href: links.href(.capture(capture.name)),
                    time: TimeText(capture.capturedAt), size: Counted.bytes(capture.size))
            },
            moreCaptures: state.captures.count > Self.mostCaptures
                ? "and \(Counted.text(state.captures.count - Self.mostCaptures, "more", plural: "more"))" : nil,
            isFaint: !isFirst && entry.health.state == .healthy && step?.kinds.isEmpty != false)
    }

    /// Where it is not the one that the state before bears.
    private func headline(of entry: Timeline.Entry, _ timeline: Timeline) -> String? {
        let place = timeline.entries.firstIndex { $0.state.number == entry.state.number } ?? 0
        let before = place > 0 ? timeline.entries[place - 1].state.headline : nil
        return entry.state.headline == before ? nil : entry.state.headline
    }

    private func others(of article: ArticleSummary) throws -> [Other] {
        let related = try view.tracker.related(to: article, limit: Self.mostRelated)
        return related.compactMap { other in
            guard let href = links.href(.article(other.articleName, before: nil)) else { return nil }
            return Other(
                href: href, headline: DirectedText(other.headline ?? "(no headline)"), site: other.article.site,
                likeness: "\(Int((other.score * 100).rounded())) % alike",
                compare: links.href(.compare(a: article.name, b: other.articleName)))
        }
    }
}

/// What was edited between the states of one article, by the capture that first shows the newer one.
struct Steps {
    struct Step {
        let before: CaptureName?
        let after: CaptureName
        var counts: [Significance: Int] = [:]
        var kinds: Set<EditKind> = []
        var isSilent = false
        /// What matters most first.
        fileprivate(set) var edits: [TrackedEdit] = []
        var significance: Significance? { counts.keys.max() }
    }

    private var steps: [CaptureName: Step] = [:]
    private(set) var counts: [Significance: Int] = [:]

    init(of article: ArticleSummary, in tracker: Tracker) throws {
        var filter = ChangeFilter()
        filter.article = article.name
        filter.least = .cosmetic
        filter.includesPages = false
        try tracker.changes(filter) { change in
            guard case .edit(let edit, _, _) = change.what else { return true }
            var step = steps[change.after] ?? Step(before: change.before, after: change.after)
            step.counts[edit.significance, default: 0] += 1
            step.kinds.insert(edit.kind)
            step.edits.append(edit)
            if edit.isSilent, edit.significance == .substantive { step.isSilent = true }
            steps[change.after] = step
            counts[edit.significance, default: 0] += 1
            return true
        }
        for name in steps.keys { steps[name]?.edits.sort { $0.significance > $1.significance } }
    }

    subscript(_ capture: CaptureName) -> Step? { steps[capture] }
}
