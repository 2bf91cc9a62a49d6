import Models
import Synchronization

/// The time of a test: it passes when somebody sleeps.
final class SimulatedClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Timestamp) { milliseconds = Mutex(start.milliseconds) }

    var now: Timestamp {
        let now = milliseconds.withLock { $0 }
        return Timestamp(milliseconds: now) ?? Timestamp(clampingSeconds: now / 1000)
    }

    func sleep(_ duration: Int) { milliseconds.withLock { $0 += Int64(duration) } }
}

/// Numbers that come out the same for one seed.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// An article of a simulated site, and what is done to it over the weeks.
struct SimulatedArticle: Sendable {
    struct Edit: Sendable {
        /// Since publication.
        let minutes: Int
        let kind: String
        let change: @Sendable (inout SimulatedArticle) -> Void
    }

    let path: String
    let published: Timestamp
    var headline: String
    var paragraphs: [String]
    var edits: [Edit] = []

    /// As it stands at a time; nil before its publication.
    func state(at now: Timestamp) -> SimulatedArticle? {
        guard now >= published else { return nil }
        var state = self
        for edit in edits where now.milliseconds >= published.milliseconds + Int64(edit.minutes) * 60_000 {
            edit.change(&state)
        }
        return state
    }

    private static let towns = [
        "Delin", "Marrow", "Oskby", "Tenham", "Corvo", "Lunden", "Ashfield", "Brask", "Velm", "Pardo",
    ]
    private static let things = [
        "bridge", "harbour", "library", "school", "railway", "market", "clinic", "theatre", "museum", "park",
    ]
    private static let names = ["Ruth Okafor", "Jonas Meier", "Salma Haddad", "Peter Lindqvist", "Ana Duarte"]

    /// Different texts for different numbers.
    init(_ number: Int, published: Timestamp) {
        let town = Self.towns[number % 10]
        let thing = Self.things[(number / 10 + number * 3) % 10]
        let name = Self.names[number % 5]
        path = "/news/\(number)-\(town.lowercased())-\(thing)"
        self.published = published
        headline = "Council of \(town) closes the old \(thing) until spring"
        paragraphs = [
            "The old \(thing) of \(town) will stay closed until spring, the town council said after a debate that lasted into the night of its meeting number \(number).",
            "Some \(number + 4),200 people use the \(thing) every month, and the nearest other one is far away, according to a survey of the district of \(town).",
            "“There is no other way to keep everybody safe in \(town),” said the engineer \(name), who has looked after the building for many years.",
            "Residents of the streets around the \(thing) have collected signatures against the decision, and they want to bring them to the next meeting.",
            "The council has asked three companies for offers, and it expects the first of them before the end of the month, a spokeswoman wrote in a message.",
            "Shops near the \(thing) fear for their customers in the weeks before the holidays, when they earn most of what they need for the year.",
        ]
    }
}

/// What changes on a page from one request to the next while the article stands still.
struct SimulatedPage {
    static func html(_ article: SimulatedArticle, site: String, now: Timestamp, number: Int) -> String {
        var chance = SeededNumbers(UInt64(number) &* 7919 &+ UInt64(site.count))
        let readers = Int.random(in: 100...9999, using: &chance)
        let links = (0..<6).map { _ in
            let other = Int.random(in: 100...999, using: &chance)
            return
                "<li><a href=\"/news/\(other)-other\">What we know about case \(other) and its \(other * 7) files</a></li>"
        }.joined()
        let body = article.paragraphs.map { "<p>\($0)</p>\n" }.joined()
        return """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>\(article.headline) | \(site)</title>
            <meta property="og:title" content="\(article.headline)"><meta property="article:published_time" content="\(article.published)">
            <script>var nonce = "\(chance.next())";</script></head><body>
            <header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav><div class="clock">It is \(now)</div></header>
            <main><article><h1>\(article.headline)</h1><div class="share">Shared \(readers) times</div>
            \(body)</article></main>
            <aside class="most-read"><h2>Most read now</h2><ul>\(links)</ul></aside>
            <footer><p>\(readers) readers now. Page made in \(readers % 97) ms at \(now).</p></footer></body></html>
            """
    }

    static let wall = """
        <html><head><title>Before you continue</title></head><body><h1>Before you continue</h1><p>We and our partners use cookies and other \
        technologies to store and access information on a device. Choose whether you accept all cookies or reject them.</p>
        <button>Accept all cookies</button><button>Reject all</button></body></html>
        """
}
