import Foundation
import Models
import Testing

@Suite("What is chosen to travel")
struct SelectionTests {
    @Test(
        "only what is chosen travels; the log is whole, verifies, and can be handed on",
        arguments: ["site", "article", "since"])
    func chosen(by choice: String) throws {
        let machine = try Machine()
        #expect(try machine.stet("init", "press").exit == 0)
        for (number, site) in ["post", "herald", "post"].enumerated() {
            try machine.write(Story.page(headline: "Secret of the \(site) \(number)"), to: "\(number).html")
            #expect(
                try machine.stet(
                    "capture", "\(number).html", "--url", "https://\(site).example/\(number)", "--captured-at",
                    "2026-03-0\(number + 1)T00:00:00Z", "--archive", "press"
                ).exit == 0)
        }
        let options = [
            "site": ["--site", "herald.example"], "article": ["--article", "herald.example/1"],
            "since": ["--since", "2026-03-03T00:00:00Z"],
        ]
        let pushed = try machine.run(
            Machine.stet, ["push", "./stick", "--archive", "press"] + (try #require(options[choice])))
        #expect(pushed.exit == 0, "\(pushed.errors)")
        let bundle = try machine.shell(
            "for b in stick/archive/*.tar.zst; do zstd -qdc $b; done | grep -aoE 'Secret of the [a-z]+ [0-9]' | sort -u"
        ).text
        #expect(bundle == (choice == "since" ? "Secret of the post 2\n" : "Secret of the herald 1\n"))
        #expect(try machine.stet("restore", "stick", "copy").exit == 0)
        for _ in 0..<2 {
            let verify = try machine.stet("verify", "--archive", "copy", "--json")
            #expect(verify.exit == 0, "\(verify.text)")
            #expect(try verify.summary["captures"]?.integer == 1 && verify.summary["leftOut"]?.integer == 2)
            #expect(try machine.stet("snapshots", "--check", "--archive", "copy").exit == 0)
            #expect(try machine.stet("reindex", "--archive", "copy").exit == 0)
            #expect(try machine.stet("gc", "--all", "--archive", "copy").exit == 0)
        }
        // What came later comes later, and what has it hands it on.
        try machine.write(Story.page(headline: "Another of the herald"), to: "3.html")
        #expect(
            try machine.stet("capture", "3.html", "--url", "https://herald.example/1", "--archive", "press").exit == 0)
        #expect(
            try machine.run(Machine.stet, ["push", "stick", "--archive", "press"] + (options[choice] ?? [])).exit == 0)
        #expect(try machine.stet("sync", "stick", "--archive", "copy").exit == 0)
        #expect(try machine.stet("push", "./second", "--archive", "copy").exit == 0)
        #expect(try machine.stet("restore", "second", "third").exit == 0)
        let verify = try machine.stet("verify", "--archive", "third", "--json")
        #expect(try verify.exit == 0 && verify.summary["captures"]?.integer == 2, "\(verify.text)")
        #expect(try machine.stet("search", "Another of the herald", "--archive", "third").text.contains("Another"))
    }
}
