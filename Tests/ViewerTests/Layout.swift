import Foundation
import Models
import Testing

/// Where things stand on a page, in CSS pixels, and in which colours.
struct Layout {
    struct Box {
        let left, top, right, bottom: Int
        var width: Int { right - left }
        var height: Int { bottom - top }

        init(_ json: JSON?) throws {
            let edges = try #require(json?.array).map { Int(try #require($0.integer)) }
            try #require(edges.count == 4)
            (left, top, right, bottom) = (edges[0], edges[1], edges[2], edges[3])
        }

        private init(_ a: Box, _ b: Box) {
            left = min(a.left, b.left)
            top = min(a.top, b.top)
            right = max(a.right, b.right)
            bottom = max(a.bottom, b.bottom)
        }

        func joined(_ other: Box) -> Box { Box(self, other) }
    }

    struct Color {
        let channels: [Int]
        /// 0 to 765.
        var brightness: Int { channels.reduce(0, +) }

        init(_ json: JSON?) throws {
            channels = try #require(json?.array).map { Int(try #require($0.integer)) }
            try #require(channels.count == 3)
        }
    }

    let rows: [(before: Box, after: Box)]
    let windowWidth: Int
    let contentWidth: Int
    let paper: Color
    let deleted: Color
    let inserted: Color
    /// In hundredths.
    let contrasts: [(what: String, ratio: Int)]
    /// The directions of the cells that have text.
    let alignments: Set<String>

    init(of html: String, in browser: Browser) throws {
        let facts = try Self.run(Self.measuring, in: html, browser)
        rows = try #require(facts["rows"]?.array).map { (try Box($0["before"]), try Box($0["after"])) }
        windowWidth = Int(try #require(facts["windowWidth"]?.integer))
        contentWidth = Int(try #require(facts["contentWidth"]?.integer))
        paper = try Color(facts["paper"])
        deleted = try Color(facts["deleted"])
        inserted = try Color(facts["inserted"])
        contrasts = try #require(facts["contrasts"]?.array).map {
            (try #require($0["what"]?.string), Int(try #require($0["ratio"]?.integer)))
        }
        alignments = Set(try #require(facts["directions"]?.array).compactMap(\.string))
    }

    /// Runs a script in a copy of the page that allows it; what it calls `tell` with is handed back.
    static func run(_ script: String, in html: String, _ browser: Browser) throws -> JSON {
        let policy = try #require(html.firstRange(of: "<meta http-equiv=\"Content-Security-Policy\""))
        let end = try #require(html[policy.lowerBound...].firstIndex(of: ">"))
        var copy = html
        copy.replaceSubrange(policy.lowerBound...end, with: "")
        let tell =
            "const tell = facts => document.documentElement.setAttribute('data-facts', btoa(JSON.stringify(facts)));"
        copy = copy.replacing("</body>", with: "<script>\(tell)\n\(script)</script></body>")
        let dump = try browser.dump(copy).output
        let encoded = try #require(dump.pieces(between: "data-facts=\"", and: "\"").first, "the script told nothing")
        return try JSON(parsing: Array(try #require(Data(base64Encoded: encoded))))
    }

    private static let measuring = """
        const box = e => { const r = e.getBoundingClientRect();
          return [r.left, r.top, r.right, r.bottom].map(Math.round) };
        const rgb = text => text.match(/[\\d.]+/g).map(Number);
        const ground = e => { for (; e; e = e.parentElement) {
          const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3) }
          return [255, 255, 255] };
        const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
          return .2126 * r + .7152 * g + .0722 * b };
        const contrast = e => { const a = light(rgb(getComputedStyle(e).color)), b = light(ground(e));
          return Math.round(100 * (Math.max(a, b) + .05) / (Math.min(a, b) + .05)) };
        const all = s => [...document.querySelectorAll(s)];
        const first = (s, other) => document.querySelector(s) ?? other;
        tell({
          rows: all('tbody tr').map(r => ({ before: box(r.cells[1]), after: box(r.cells[2]) })),
          windowWidth: innerWidth, contentWidth: document.documentElement.scrollWidth,
          paper: ground(document.body), deleted: ground(first('td del', document.body)),
          inserted: ground(first('td ins', document.body)),
          contrasts: all('h1,h2,h3,p,dt,dd,th,a,span:not(.vh,.side),td p,del,ins').map(e => (
            { what: e.tagName + '.' + e.className, ratio: contrast(e) })),
          directions: [...new Set(all('td.before,td.after').map(e => getComputedStyle(e).direction))],
        });
        """
}

/// Counts colours in a picture, with the browser itself as the reader of PNG files.
enum Pixels {
    /// For each part, how many pixels have each of the colours.
    static func count(_ colors: [Layout.Color], in parts: [Layout.Box], of png: Data) throws -> [[Int]] {
        let boxes = parts.map { [$0.left, $0.top, $0.width, $0.height] }
        let script = """
            const picture = new Image();
            picture.onload = () => {
              const canvas = document.createElement('canvas');
              canvas.width = picture.width; canvas.height = picture.height;
              const context = canvas.getContext('2d');
              context.drawImage(picture, 0, 0);
              const colors = \(colors.map(\.channels));
              tell(\(boxes).map(box => {
                const data = context.getImageData(...box).data, counts = colors.map(() => 0);
                for (let at = 0; at < data.length; at += 4) colors.forEach((c, i) => {
                  if (data[at] == c[0] && data[at + 1] == c[1] && data[at + 2] == c[2]) counts[i]++ });
                return counts;
              }));
            };
            picture.src = 'data:image/png;base64,\(png.base64EncodedString())';
            """
        let page = "<!DOCTYPE html><meta http-equiv=\"Content-Security-Policy\" content=\"\"><body></body>"
        let told = try Layout.run(script, in: page, Browser(width: 800, height: 600, scheme: .light))
        return try #require(told.array).map { counts in
            try #require(counts.array).map { Int(try #require($0.integer)) }
        }
    }
}
