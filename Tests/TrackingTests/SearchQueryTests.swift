import Testing
import Tracking

@Suite("What is looked for")
struct SearchQueryTests {
    @Test("a query without a word that can be found is none", arguments: ["", "  ", "\"\"", "?!", "*", "\" - \""])
    func empty(_ text: String) {
        #expect(SearchQuery(text) == nil)
    }

    @Test(
        "words, phrases and beginnings are queries",
        arguments: ["ferry", "\"the mole\" quay", "harb*", "\"open", "上海", "كتاب"])
    func queries(_ text: String) {
        #expect(SearchQuery(text) != nil)
    }
}
