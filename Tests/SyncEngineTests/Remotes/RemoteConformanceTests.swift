import Foundation
import Models
import Storage
import SyncEngine
import Synchronization
import Testing

/// Names as pushers make them, so that a web server's index can tell them.
private enum Sample {
    static let a = String(repeating: "a1", count: 32)
    static let b = String(repeating: "b2", count: 32)
    static let names: Set<String> = [
        "manifests/\(a)-1.json", "manifests/\(a)-1.json.sig", "manifests/\(a)-1.json.tsr", "manifests/\(a)-2.json",
        "manifests/\(a)-2.json.sig", "manifests/\(b)-1.json", "manifests/\(b)-1.json.sig", "archive/\(a)-0-7.json",
        "archive/\(a)-0-7.json.sig", "archive/\(a)-0-7.tar.zst", "archive/\(a)-7-12.json", "archive/\(a)-7-12.json.sig",
        "archive/\(a)-7-12.tar.zst",
    ]
    static var files: [String: [UInt8]] { Dictionary(uniqueKeysWithValues: names.map { ($0, Array($0.utf8)) }) }

    /// The same each time, and no two parts of it alike.
    static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }
}

@Suite("What every remote does")
struct RemoteConformanceTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    @Test("an empty one has nothing", arguments: RemoteKind.all)
    func nothing(_ kind: RemoteKind) throws {
        let remote = try kind.empty(place)
        #expect(remote.canWrite == kind.canWrite)
        // A web server's index is a file that was there before.
        #expect(try remote.names(under: "manifests/").filter { $0 != RemoteIndex.name } == [])
        #expect(try remote.names(under: "archive/") == [])
        #expect(try remote.names(under: "archive/\(Sample.a)-") == [])
        #expect(try remote.stems(in: "archive") == [])
        #expect(try remote.read("archive/\(Sample.a)-0-7.json", limit: 1000) == nil)
        #expect(try remote.snapshotNumbers().isEmpty)
        let missing = "archive/\(Sample.a)-0-7.tar.zst"
        let got = outcome { try remote.download(missing, to: place.path("x"), size: 9, progress: { _ in }) }
        #expect(got == "damaged: \(missing): it is missing")
    }

    @Test("names are those that begin with what was asked for", arguments: RemoteKind.all)
    func names(_ kind: RemoteKind) throws {
        let remote = try kind.holding(place, Sample.files)
        for prefix in [
            "manifests/", "archive/", "manifests/\(Sample.a)-", "archive/\(Sample.a)-", "archive/\(Sample.a)-0-",
            "archive/\(Sample.a)-7-12.tar", "manifests/\(Sample.b)-", "archive/\(Sample.b)-", "manifests/c",
        ] {
            let names = try remote.names(under: prefix).filter { $0 != RemoteIndex.name }
            #expect(names.count == Set(names).count)
            #expect(Set(names) == Sample.names.filter { $0.hasPrefix(prefix) }, "\(prefix)")
        }
        #expect(try remote.stems(in: "manifests").subtracting(["index.json"]) == [Sample.a, Sample.b])
        #expect(try remote.stems(in: "archive") == [Sample.a])
        let numbers = try remote.snapshotNumbers()
        #expect(numbers.mapValues(\.count).values.sorted() == [1, 2])
    }

    @Test("a file is read whole, or found missing or too large", arguments: RemoteKind.all)
    func reading(_ kind: RemoteKind) throws {
        let name = "manifests/\(Sample.a)-1.json"
        let remote = try kind.holding(
            place, [name: Array("a manifest".utf8), "manifests/allowed_signers": [], name + ".sig": [0]])
        #expect(try remote.read(name, limit: 10) == Array("a manifest".utf8))
        #expect(try remote.read("manifests/allowed_signers", limit: 10) == [])
        #expect(try remote.read(name + ".sig", limit: 1) == [0])
        #expect(try remote.read(name + ".tsr", limit: 10) == nil)
        #expect(try remote.read("archive/nothing", limit: 10) == nil)
        let got = outcome { _ = try remote.read(name, limit: 9) }
        #expect(got == "damaged: \(name): it is larger than any such file can be")
    }

    @Test("a large file arrives whole, however much of it was there before", arguments: RemoteKind.all)
    func download(_ kind: RemoteKind) throws {
        let (large, empty) = ("archive/\(Sample.a)-0-7.tar.zst", "archive/\(Sample.a)-7-12.tar.zst")
        let bytes = Sample.bytes(3_000_001)
        let remote = try kind.holding(place, [large: bytes, empty: []])
        for held in [0, 1, 199_999, 200_000, 1_500_000, 3_000_000, 3_000_001] {
            let path = place.path("part-\(held)")
            if held > 0 { try Files.write(Array(bytes[..<held]), to: path) }
            var sum = 0
            try remote.download(large, to: path, size: bytes.count) { sum += $0 }
            #expect(try Files.read(path) == bytes, "from \(held)")
            #expect(sum == bytes.count - held, "from \(held)")
        }
        try remote.download(empty, to: place.path("empty"), size: 0) { _ in }
        #expect(try Files.size(place.path("empty")) == 0)
    }

    @Test(
        "a file that has not the size that it must have is damaged, and no byte too many is written",
        arguments: RemoteKind.all)
    func sizes(_ kind: RemoteKind) throws {
        let name = "archive/\(Sample.a)-0-7.tar.zst"
        let remote = try kind.holding(place, [name: Sample.bytes(1000)])
        for (size, held) in [(999, 0), (1001, 0), (0, 0), (999, 500), (1001, 500), (1001, 1000)] {
            let path = place.path("other-\(size)-\(held)")
            if held > 0 { try Files.write(Array(Sample.bytes(1000)[..<held]), to: path) }
            let got = outcome { try remote.download(name, to: path, size: size, progress: { _ in }) }
            #expect(got == "damaged: \(name): it does not have \(size) bytes", "\(held)")
            let left = Files.exists(path) ? try Files.size(path) : 0
            #expect(left <= max(size, held))
        }
    }

    @Test(
        "what was uploaded is there, whatever its size", arguments: RemoteKind.writable,
        [0, 1, 1_000_000, 5 << 20, 12_582_915])
    func upload(_ kind: RemoteKind, size: Int) throws {
        let remote = try kind.empty(place)
        let bytes = Sample.bytes(size)
        try Files.write(bytes, to: place.path("source"))
        var sum = 0
        let name = "archive/\(Sample.a)-0-7.tar.zst"
        try remote.upload(file: place.path("source"), to: name) { sum += $0 }
        #expect(sum == size)
        #expect(try remote.names(under: "archive/") == [name])
        #expect(try remote.read(name, limit: size) == bytes)
        try remote.download(name, to: place.path("back"), size: size) { _ in }
        #expect(try Files.read(place.path("back")) == bytes)
    }

    @Test("a file is replaced by the next of its name, and gone when it is removed", arguments: RemoteKind.writable)
    func replacing(_ kind: RemoteKind) throws {
        let remote = try kind.empty(place)
        let name = "manifests/index.json"
        for text in ["first", "the second one", "", "third"] {
            try remote.upload(Array(text.utf8), to: name)
            #expect(try remote.read(name, limit: 100) == Array(text.utf8))
        }
        try Files.write([7], to: place.path("source"))
        try remote.upload(file: place.path("source"), to: name) { _ in }
        #expect(try remote.read(name, limit: 100) == [7])
        #expect(try remote.names(under: "manifests/") == [name])
        for _ in 0..<2 {
            try remote.remove(name)
            #expect(try remote.read(name, limit: 100) == nil)
            #expect(try remote.names(under: "manifests/") == [])
        }
        try remote.remove("archive/never-there")
    }

    @Test("names may be as odd as the rules allow", arguments: RemoteKind.writable)
    func oddNames(_ kind: RemoteKind) throws {
        let remote = try kind.empty(place)
        let names: Set<String> = [
            "manifests/0", "manifests/a..b", "manifests/_", "manifests/a-", "manifests/a--b", "archive/a.",
            "archive/0-.-_",
            "archive/" + String(repeating: "x", count: 180), "archive/con.tar.zst",
        ]
        for name in names { try remote.upload(Array(name.utf8), to: name) }
        for name in names { #expect(try remote.read(name, limit: 1000) == Array(name.utf8), "\(name)") }
        #expect(Set(try remote.names(under: "manifests/") + remote.names(under: "archive/")) == names)
        #expect(try remote.stems(in: "manifests") == ["0", "a..b", "_", "a"])
        for name in names { try remote.remove(name) }
        #expect(try remote.names(under: "manifests/") + remote.names(under: "archive/") == [])
    }

    @Test("more than a thousand files are all listed", arguments: RemoteKind.writable)
    func many(_ kind: RemoteKind) throws {
        let remote = try kind.empty(place)
        let origins = [Sample.a, Sample.b]
        let names = (0..<1300).map { "manifests/\(origins[$0 % 2])-\($0 / 2 + 1).json" }
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            for index in stride(from: worker, to: names.count, by: 8) {
                let got = outcome { try remote.upload([UInt8(index & 255)], to: names[index]) }
                if got != "done" { failures.withLock { $0.append(got) } }
            }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(Set(try remote.names(under: "manifests/")) == Set(names))
        #expect(try remote.names(under: "manifests/\(Sample.b)-").count == 650)
        #expect(try remote.stems(in: "manifests") == [Sample.a, Sample.b])
        #expect(try remote.read(names[1234], limit: 10) == [UInt8(1234 & 255)])
    }

    @Test(
        "an upload that is interrupted leaves nothing to be seen, and can be done again", arguments: RemoteKind.writable
    )
    func interrupted(_ kind: RemoteKind) throws {
        let remote = try kind.empty(place)
        let name = "archive/\(Sample.a)-0-7.tar.zst"
        for size in [4_000_000, 12_000_000] {
            let bytes = Sample.bytes(size)
            try Files.write(bytes, to: place.path("source"))
            let got = outcome {
                // The stick with the file is pulled.
                try remote.upload(file: place.path("source"), to: name) { _ in truncate(place.path("source"), 1000) }
            }
            #expect(got != "done")
            #expect(try remote.names(under: "archive/") == [])
            #expect(try remote.stems(in: "archive") == [])
            #expect(try remote.read(name, limit: 20 << 20) == nil)
            try Files.write(bytes, to: place.path("source"))
            try remote.upload(file: place.path("source"), to: name) { _ in }
            #expect(try remote.read(name, limit: 20 << 20) == bytes)
            try remote.remove(name)
        }
        #expect(outcome { try remote.upload(file: place.path("nowhere"), to: name) { _ in } } == "file")
    }

    @Test("one that can only be read says so", arguments: RemoteKind.all.filter { !$0.canWrite })
    func readOnly(_ kind: RemoteKind) throws {
        let remote = try kind.empty(place)
        try Files.write([1], to: place.path("source"))
        #expect(outcome { try remote.upload([1], to: "manifests/x") } == "read only")
        #expect(outcome { try remote.upload(file: place.path("source"), to: "archive/x") { _ in } } == "read only")
        #expect(outcome { try remote.remove("manifests/index.json") } == "read only")
    }

    @Test("several ask one remote at the same time", arguments: RemoteKind.all)
    func together(_ kind: RemoteKind) throws {
        let remote = try kind.holding(place, Sample.files)
        let wrong = Mutex<[String]>([])
        let names = Sample.names.sorted()
        DispatchQueue.concurrentPerform(iterations: 6) { worker in
            let got = outcome {
                for name in names where try remote.read(name, limit: 1000) != Array(name.utf8) {
                    wrong.withLock { $0.append(name) }
                }
                if try remote.names(under: "archive/").count != 6 { wrong.withLock { $0.append("names") } }
            }
            if got != "done" { wrong.withLock { $0.append(got) } }
        }
        #expect(wrong.withLock { $0 } == [])
    }
}
