import Foundation
import Testing

/// `stet serve` over an archive of a machine's, until the test ends.
final class Serving {
    /// Without a slash at its end.
    let origin: String
    private let process = Process()

    init(_ machine: Machine, archive: String) throws {
        let output = Pipe()
        process.executableURL = Machine.stet
        process.arguments = ["--archive", machine.path(archive), "serve", "--port", "0", "--quiet"]
        process.currentDirectoryURL = machine.folder
        process.environment = ["HOME": machine.home.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
            line.append(Character(Unicode.Scalar(byte)))
        }
        try #require(line.hasPrefix("http://127.0.0.1:"), "stet serve printed no address: \(line)")
        origin = line.hasSuffix("/") ? String(line.dropLast()) : line
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
