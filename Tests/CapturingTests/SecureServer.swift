import Foundation
import Glibc
import Testing

/// `files.py` with a certificate of an authority made for it.
final class SecureServer {
    let port: Int
    private let process = Process()

    init(_ folder: URL) throws {
        let make = """
            openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=test-authority -days 2
            openssl req -newkey rsa:2048 -nodes -keyout site.key -out site.csr -subj /CN=localhost
            printf 'subjectAltName=DNS:localhost' > names
            openssl x509 -req -in site.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out site.pem -days 2 -extfile names
            cat site.pem ca.pem > chain.pem
            """
        let maker = Process()
        maker.executableURL = URL(filePath: "/bin/bash")
        maker.arguments = ["-ec", make]
        maker.currentDirectoryURL = folder
        maker.standardOutput = FileHandle.nullDevice
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        try #require(maker.terminationStatus == 0)
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Servers/files.py")
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", script.path, folder.path, folder.appending(path: "chain.pem").path,
            folder.appending(path: "site.key").path,
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
            line.append(Character(Unicode.Scalar(byte)))
        }
        port = try #require(Int(line))
        held = input
    }

    private let held: Pipe

    deinit { kill(process.processIdentifier, SIGKILL) }
}
