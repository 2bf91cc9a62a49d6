import Foundation
import Models
import Testing

/// The pages that show several articles at once, as `stet serve` sends them.
@Suite("Pages across articles")
struct AcrossPagesTests {
    private static let post = [
        "“There is no other way across. We will never give up the bridge and we won’t be silent,” its engineer, Ruth Okafor, said.",
        "Council members counted 4,200 people who use the old bridge over the Delin on every day of the working week.",
        "A petition <b>against</b> the closing of the old bridge had been signed by more than half of the town when the meeting began.",
    ]
    private static let gazette = [
        "The old bridge over the Delin is used by about 5,000 people on every day of the working week, council members said.",
        "\"There is no other way across. We will not give up the bridge and we won't be silent,\" said the engineer.",
        "A petition <b>against</b> the closing of the old bridge had been signed by more than half of the town when the meeting began.",
    ]

    /// A machine with two outlets' articles on one event, of which one was edited later.
    private func machine() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        let first = Self.post.map { $0.replacing("4,200", with: "3,900") }
        for (name, url, text, day) in [
            ("a1", "https://post.example/bridge", first, "01"), ("a2", "https://post.example/bridge", Self.post, "02"),
            ("b", "https://gazette.example/news/bridge", Self.gazette, "03"),
        ] {
            let body = text.map { $0.replacing("<b>", with: "&lt;b&gt;").replacing("</b>", with: "&lt;/b&gt;") }
            try machine.write(Story.page(headline: "Bridge to stay closed", body), to: "\(name).html")
            let run = try machine.stet(
                "capture", "\(name).html", "--url", url, "--captured-at", "2026-03-\(day)T08:00:00Z", "--archive",
                "press")
            #expect(run.exit == 0)
        }
        return machine
    }

    /// What the server sends for each target.
    private func pages(_ machine: Machine, _ targets: [String]) throws -> [String] {
        let gets = targets.enumerated().map { at, target in "curl -sS -o page\(at).html \"${url%/}\(target)\"" }
        try machine.shell(
            """
            HOME=home '\(Machine.stet.path)' serve --port 0 --archive press --quiet > url 2> errors < /dev/null & p=$!
            trap 'kill -KILL $p' EXIT
            for i in $(seq 300); do [ -s url ] && break; sleep 0.1; done
            url=$(cat url)
            \(gets.joined(separator: "\n"))
            """)
        return try targets.indices.map { String(decoding: try machine.read("page\($0).html"), as: UTF8.self) }
    }

    @Test("the compared texts have what both share marked in both, with links both ways, and nothing inline")
    func compare() throws {
        let machine = try machine()
        let html = try pages(machine, ["/compare?a=post.example/bridge&b=gazette.example/news/bridge"])[0]
        #expect(html.contains("1 altered quotation") && html.contains("1 figure that disagrees"))
        #expect(html.contains("never") && html.contains("[deleted: </span>never"))
        #expect(html.contains("4,200 people</b>") && html.contains("about 5,000 people</b>"))
        let links = html.components(separatedBy: "id=\"a").dropFirst().compactMap { $0.split(separator: "\"").first }
        let numbers = links.filter { Int($0) != nil }
        #expect(numbers.count >= 3)
        for number in numbers {
            #expect(html.contains("id=\"a\(number)\" href=\"#b\(number)\""))
            #expect(html.contains("id=\"b\(number)\" href=\"#a\(number)\""))
        }
        #expect(html.contains("&lt;b&gt;against&lt;/b&gt;") && !html.contains("<b>against"))
        #expect(!html.contains(" style=") && !html.contains("onclick"))
    }

    @Test(
        "the table of a story has a row for the quotation and one for the figure, with what was edited, and the article leads to it"
    )
    func story() throws {
        let machine = try machine()
        let found = try pages(
            machine,
            ["/story?name=post.example/bridge", "/article?name=post.example/bridge", "/story?name=none.example/x"])
        let html = found[0]
        #expect(html.contains("<th scope=\"row\" class=\"what\"><span class=\"kind\">Quotation"))
        #expect(html.contains("<th scope=\"row\" class=\"what\"><span class=\"kind\">Figure"))
        #expect(html.contains("role=\"region\" aria-label=\"Told differently, as a table\" tabindex=\"0\""))
        #expect(html.contains("4,200 people") && html.contains("about 5,000"))
        #expect(html.contains("3,900") && html.contains("/diff?from="))
        #expect(html.contains("/compare?a=post.example/bridge&amp;b=gazette.example/news/bridge"))
        #expect(!html.contains(" style="))
        #expect(found[1].contains("href=\"/story?name=post.example/bridge\""))
        #expect(found[1].contains("href=\"/compare?a=post.example/bridge&amp;b=gazette.example/news/bridge\""))
        #expect(found[2].contains("There is no such page"))
    }
}
