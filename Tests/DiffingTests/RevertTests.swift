import Diffing
import Models
import Testing

@Suite("Reverts")
struct RevertTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let states: String
        let returns: [Int?]
        let flipFlops: Int
        var testDescription: String { states }
    }

    static let cases = [
        Case(states: "", returns: [], flipFlops: 0),
        Case(states: "A", returns: [nil], flipFlops: 0),
        Case(states: "ABC", returns: [nil, nil, nil], flipFlops: 0),
        Case(states: "ABA", returns: [nil, nil, 0], flipFlops: 0),
        Case(states: "AABBA", returns: [nil, nil, nil, nil, 1], flipFlops: 0),
        Case(states: "ABAB", returns: [nil, nil, 0, 1], flipFlops: 1),
        Case(states: "ABABA", returns: [nil, nil, 0, 1, 2], flipFlops: 2),
        Case(states: "AABBAABB", returns: [nil, nil, nil, nil, 1, nil, 3, nil], flipFlops: 1),
        Case(states: "ABCA", returns: [nil, nil, nil, 0], flipFlops: 0),
        Case(states: "ABCBC", returns: [nil, nil, nil, 1, 2], flipFlops: 1),
    ]

    @Test("each state knows which earlier one it returns to", arguments: cases)
    func states(_ expected: Case) {
        let reverts = Reverts(Array(expected.states))
        #expect(reverts.returnsTo == expected.returns)
        #expect(reverts.flipFlops == expected.flipFlops)
        #expect(reverts.returns.count == expected.returns.count { $0 != nil })
    }

    private func steps(_ bodies: [String]...) -> [[Edit]] {
        let revisions = bodies.map { Revision(body: $0) }
        return zip(revisions, revisions.dropFirst()).map { Comparison(from: $0, to: $1).edits }
    }

    private func undone(_ steps: [[Edit]]) -> [String] {
        UndoneEdit.find(in: steps).map { "\($0.step).\($0.edit) undoes \($0.undoneStep).\($0.undoneEdit)" }
    }

    @Test("an edit that swaps the same words back undoes the first")
    func swappedBack() {
        let said = "The owner said the ship was safe."
        let claimed = "The owner claimed the ship was safe."
        #expect(undone(steps([flood, said], [flood, claimed], [flood, said])) == ["1.0 undoes 0.0"])
        #expect(
            undone(steps([flood, said], [flood, claimed], [flood, said], [flood, claimed]))
                == ["1.0 undoes 0.0", "2.0 undoes 1.0"])
    }

    @Test("it does so although the sentence changed elsewhere, and steps later")
    func laterOn() {
        let first = "The owner said on Monday that the old ship was safe for 12 passengers."
        let second = "The owner claimed on Monday that the old ship was safe for 12 passengers."
        let third = "The owner claimed on Monday that the old ship was safe for 15 passengers."
        let fourth = "The owner said on Monday that the old ship was safe for 15 passengers."
        #expect(undone(steps([first], [second], [third], [fourth])) == ["2.0 undoes 0.0"])
    }

    @Test("a paragraph that went and came back is an edit undone")
    func paragraph() {
        #expect(
            undone(steps([flood, relief, bridge], [flood, bridge], [flood, relief, bridge])) == ["1.0 undoes 0.0"])
    }

    @Test("the same swap at another place, or of other words, undoes nothing")
    func elsewhere() {
        let a = "The owner said the ship was safe."
        let b = "A mate said nothing to the harbour police."
        #expect(
            undone(
                steps(
                    [a, flood, b.replacing("said", with: "claimed")],
                    [a.replacing("said", with: "claimed"), flood, b.replacing("said", with: "claimed")],
                    [a.replacing("said", with: "claimed"), flood, b])
            ).isEmpty)
        #expect(undone(steps(["12 sailors died."], ["15 sailors died."], ["14 sailors died."])).isEmpty)
    }

    @Test("headlines are undone too, moves and typography are not")
    func parts() {
        let blocks = [Revision.Block(.paragraph, flood)]
        let revisions = ["Flood in Osterby", "Disaster in Osterby", "Flood in Osterby"].map {
            Revision(headline: $0, blocks: blocks)
        }
        let edits = zip(revisions, revisions.dropFirst()).map { Comparison(from: $0, to: $1).edits }
        #expect(undone(edits) == ["1.0 undoes 0.0"])
        #expect(undone(steps(["A - B"], ["A – B"], ["A - B"])).isEmpty)
        #expect(undone(steps([flood, bridge, school], [bridge, school, flood], [flood, bridge, school])).isEmpty)
    }
}
