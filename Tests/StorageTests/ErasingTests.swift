import Foundation
import Models
import Storage
import Testing

@Suite("Forgetting in the store")
struct ErasingTests {
    private static let filler = (0..<200).map { "Sentence \($0) of the story says \($0 &* 7919)." }.joined(
        separator: "\n")

    /// Nine captures in nine packs, of three articles, each page leaning on those before; record 5 is the one to go.
    private func filled() throws -> TemporaryArchive {
        let place = try TemporaryArchive()
        for number in 1...9 {
            _ = try place.archive.record([
                TemporaryArchive.observation(
                    "Headline \(number)\n\(Self.filler)\nThe end of \(number).", url: "https://a.example/\(number % 3)",
                    at: Int64(number))
            ])
        }
        return place
    }

    private func name(_ archive: Archive, _ index: Int) -> CaptureName {
        CaptureName(origin: archive.origin, index: index)
    }

    private func withdrawal(_ target: RecordReference) throws -> Detail {
        var random = SystemRandomNumberGenerator()
        return .withdrawal(try WithdrawalDetail(of: target, reason: "r", tool: "test", salt: Salt(using: &random)))
    }

    private func erasure(_ archive: Archive, _ index: Int) throws -> Erasure {
        let record = try archive.erasable(name(archive, index))
        #expect(record.sharing.isEmpty && record.objects.count == 2)
        return Erasure(records: [record.reference], objects: record.objects)
    }

    private func forget(_ archive: Archive, _ index: Int) throws -> Erasure {
        let erasure = try erasure(archive, index)
        try archive.begin(erasure)
        for record in erasure.records { try archive.record(withdrawal(record)) }
        try archive.erase(erasure)
        return erasure
    }

    private func expectGone(_ erasure: Erasure, _ archive: Archive, captures: Int = 8) throws {
        for object in erasure.objects { #expect(try !archive.holds(object)) }
        let report = try archive.verify()
        #expect(report.damages.isEmpty && report.missing.isEmpty && report.captures == captures && report.withheld == 1)
        #expect(try archive.articles().reduce(0) { $0 + $1.captures } == captures)
    }

    @Test("what goes is in no pack, everything else is, and the log is whole")
    func gone() throws {
        let place = try filled()
        let before = try place.packs
        let head = try place.archive.logs()[0].head
        let erasure = try forget(place.archive, 5)
        try expectGone(erasure, place.archive)
        #expect(try place.archive.logs()[0].captures == 9)
        #expect(try place.archive.root(of: place.archive.origin, size: head.size) == head.root)
        // Later packs lean on the one it lay in: they are written anew, too.
        let left = try #require(try place.archive.unfinishedErasure()).packs
        let after = try place.packs
        #expect(left.count > 4 && !left.isDisjoint(with: before) && left.isDisjoint(with: after))
        #expect(try place.archive.withheld(name(place.archive, 5))?.isWithdrawn == true)
        #expect(try place.archive.capture(name(place.archive, 5)) == nil)
        try place.archive.end(erasure)
        #expect(try place.archive.unfinishedErasure() == nil)
        // A catalog made from the packs alone says the same.
        #expect(try place.archive.reindex().isEmpty)
        try expectGone(erasure, place.archive)
        _ = try place.archive.compact(.all)
        try expectGone(erasure, try place.reopened())
    }

    @Test("begun without a withdrawal, nothing may go")
    func onlyBegun() throws {
        let place = try filled()
        let erasure = try erasure(place.archive, 5)
        try place.archive.begin(erasure)
        let found = try #require(try place.reopened().unfinishedErasure())
        #expect(found == erasure)
        #expect(try !place.archive.isWithdrawn(found))
        #expect(try place.archive.verify().captures == 9)
    }

    @Test("withdrawn and stopped: the capture is not shown any more, and the work can be finished")
    func stopped() throws {
        let place = try filled()
        let erasure = try erasure(place.archive, 5)
        try place.archive.begin(erasure)
        for record in erasure.records { try place.archive.record(withdrawal(record)) }
        #expect(try place.archive.capture(name(place.archive, 5)) == nil)
        #expect(try place.archive.verify().damages.isEmpty)
        let again = try place.reopened()
        #expect(try again.reindex().isEmpty)
        #expect(try again.isWithdrawn(erasure))
        for object in erasure.objects { #expect(try again.holds(object)) }
        #expect(try again.withdrawnButHeld() == erasure.records)
        #expect(try again.erasure(of: erasure.records).objects == erasure.objects)
        try again.erase(try #require(try again.unfinishedErasure()))
        try expectGone(erasure, again)
    }

    @Test("packs that a stopped run left behind go, with their copies of what goes", arguments: [true, false])
    func leftBehind(isCatalogKept: Bool) throws {
        let place = try filled()
        let kept = place.folder + "/kept"
        let erasure = try erasure(place.archive, 5)
        try place.archive.begin(erasure)
        for record in erasure.records { try place.archive.record(withdrawal(record)) }
        try FileManager.default.copyItem(atPath: place.path + "/packs", toPath: kept)
        try place.archive.erase(erasure)
        // As if the machine had stopped between the new pack and the removal of the old ones.
        let old = try FileManager.default.contentsOfDirectory(atPath: kept).filter { try !place.packs.contains($0) }
        try #require(!old.isEmpty)
        for name in old {
            try FileManager.default.copyItem(atPath: "\(kept)/\(name)", toPath: "\(place.path)/packs/\(name)")
        }
        if !isCatalogKept { try place.archive.discardCatalog() }
        let again = try place.reopened()
        try again.erase(try #require(try again.unfinishedErasure()))
        try expectGone(erasure, again)
        let after = try place.packs
        #expect(Set(after).isDisjoint(with: old))
    }

    @Test("a second copy of an object, in a pack that no record leads to, goes too")
    func copies() throws {
        let (place, other) = (try filled(), try TemporaryArchive())
        let capture = try #require(try place.archive.capture(name(place.archive, 5))?.capture)
        var batch = ReceivedBatch(other.archive)
        try batch.add(try place.archive.read(capture.payload), id: capture.payload)
        try batch.add(Array("something else".utf8), id: ObjectID(hashing: "something else"))
        try batch.finish()
        for pack in try other.packs where try !place.packs.contains(pack) {
            try FileManager.default.copyItem(
                atPath: "\(other.path)/packs/\(pack)", toPath: "\(place.path)/packs/\(pack)")
        }
        // The other log's genesis came along, which does no harm.
        let archive = try place.reopened()
        let erasure = try forget(archive, 5)
        for object in erasure.objects { #expect(try !archive.holds(object)) }
        #expect(try archive.holds(ObjectID(hashing: "something else")))
        try archive.discardCatalog()
        for object in erasure.objects { #expect(try !place.reopened().holds(object)) }
    }

    @Test("large objects go with all their pieces")
    func large() throws {
        let place = try filled()
        let bytes = (0..<9_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let path = place.folder + "/large.bin"
        try Data(bytes).write(to: URL(filePath: path))
        let (id, size) = try place.archive.store(large: OpenFile(reading: path))
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: "https://a.example/large", article: nil, capturedAt: TemporaryArchive.epoch, payload: id, size: size,
            mediaType: "application/octet-stream", status: nil, headers: nil, outcome: "ok",
            via: .init(source: "file", path: nil, tool: "test"), salt: Salt(using: &random))
        _ = try place.archive.record([
            Observation(
                detail: detail, payload: nil, interpretation: TemporaryArchive.interpreter.interpret(detail, nil))
        ])
        let erasure = try forget(place.archive, 10)
        #expect(erasure.objects.contains(id))
        try expectGone(erasure, place.archive, captures: 9)
        #expect(try place.archive.statistics().storedBytes < 200_000)
    }

    @Test("a withdrawal of another line, at the same place, withdraws nothing")
    func otherLine() throws {
        let place = try filled()
        let target = RecordReference(
            origin: place.archive.origin, index: 5, leaf: ObjectID(hashing: "another line"))
        try place.archive.record(withdrawal(target))
        #expect(try place.archive.withheld(name(place.archive, 5)) == nil)
        #expect(try place.archive.verify().captures == 9)
        #expect(try place.archive.reindex().isEmpty)
        #expect(try place.archive.verify().captures == 9)
    }

    @Test("captures of the same bytes are named")
    func sharing() throws {
        let place = try filled()
        _ = try place.archive.record([
            TemporaryArchive.observation(
                "Headline 5\n\(Self.filler)\nThe end of 5.", url: "https://b.example/", at: 77)
        ])
        #expect(try place.archive.erasable(name(place.archive, 5)).sharing.map(\.index) == [10])
        #expect(try place.archive.erasable(name(place.archive, 10)).sharing.map(\.index) == [5])
        #expect(throws: ArchiveError.self) { try place.archive.erasable(name(place.archive, 0)) }
        #expect(throws: ArchiveError.self) { try place.archive.erasable(name(place.archive, 99)) }
    }

    @Test("a note can be forgotten like a capture")
    func notes() throws {
        let place = try filled()
        let line = try #require(try place.archive.line(5, of: place.archive.origin))
        var random = SystemRandomNumberGenerator()
        let tag = try #require(NoteTag("t"))
        try place.archive.record(
            .note(
                try NoteDetail(
                    on: RecordReference(line, of: place.archive.origin), text: "secret", tags: [tag],
                    untags: [], tool: "test", salt: Salt(using: &random))))
        #expect(try place.archive.tags().count == 1)
        let record = try place.archive.erasable(name(place.archive, 10))
        let erasure = Erasure(records: [record.reference], objects: record.objects)
        try place.archive.begin(erasure)
        try place.archive.record(withdrawal(record.reference))
        try place.archive.erase(erasure)
        try expectGone(erasure, place.archive, captures: 9)
        #expect(try place.archive.tags().isEmpty)
        #expect(try place.archive.records(of: [.note]).isEmpty)
        #expect(try place.archive.reindex().isEmpty)
        #expect(try place.archive.verify().captures == 9)
    }
}
