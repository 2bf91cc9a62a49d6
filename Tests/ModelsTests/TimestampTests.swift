import Models
import Testing

struct TimestampTests {
    private struct Row: Decodable {
        let text: String
        let canonical: String?
        let milliseconds: Int64?
    }

    @Test("times are read as the table says, and written in one way")
    func table() throws {
        for row in try Vectors.rows("timestamps.json", as: Row.self) {
            let time = Timestamp(row.text)
            #expect(time?.description == row.canonical, "\(row.text)")
            #expect(time?.milliseconds == row.milliseconds, "\(row.text)")
            #expect((Timestamp(canonical: row.text) != nil) == (row.text == row.canonical), "\(row.text)")
        }
    }

    @Test("every day of ten thousand years reads back, one after the other")
    func everyDay() throws {
        let first = CivilDate(year: 0, month: 1, day: 1).daysSinceEpoch
        let last = CivilDate(year: 9999, month: 12, day: 31).daysSinceEpoch
        #expect(last - first == 3_652_424)
        var before = CivilDate(daysSinceEpoch: first - 1)
        var wrong = 0
        for day in first...last {
            let date = CivilDate(daysSinceEpoch: day)
            let isNext =
                (date.year, date.month, date.day) == (before.year, before.month, before.day + 1)
                || (date.year, date.month, date.day) == (before.year, before.month + 1, 1)
                || (date.year, date.month, date.day) == (before.year + 1, 1, 1)
            if date.daysSinceEpoch != day || !date.isValid || !isNext { wrong += 1 }
            before = date
        }
        #expect(wrong == 0)
    }

    @Test("random moments read back")
    func roundTrip() throws {
        var random = SteadyRandom(seed: 4)
        for _ in 0..<20_000 {
            let time = try #require(
                Timestamp(milliseconds: Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)))
            #expect(Timestamp(canonical: time.description) == time)
        }
    }

    @Test("moments outside the years 0000 to 9999 are refused or moved inside")
    func range() {
        for milliseconds in [Int64.min, -62_167_219_200_001, 253_402_300_800_000, Int64.max] {
            #expect(Timestamp(milliseconds: milliseconds) == nil)
        }
        #expect(Timestamp(clampingSeconds: .min).description == "0000-01-01T00:00:00Z")
        #expect(Timestamp(clampingSeconds: .max).description == "9999-12-31T23:59:59Z")
    }
}
