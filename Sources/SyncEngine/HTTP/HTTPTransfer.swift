private import CCurl
private import Glibc
internal import Storage

/// One request while it runs: what libcurl's callbacks work on.
///
/// No error may cross libcurl, so the first one is kept here and libcurl is told to stop.
final class HTTPTransfer {
    private let body: HTTPRequest.Body
    private var sent = 0
    /// The bytes of the body that `progress` has been told of: a body that is sent again does not count again.
    private(set) var told: Int
    private let progress: (Int) -> Void
    private let receive: (HTTPHead) -> HTTPReception
    private(set) var head = HTTPHead()
    private var reception: HTTPReception?
    private var skipped = 0
    private(set) var received = 0
    private(set) var bytes: [UInt8] = []
    private(set) var failure: HTTPFault?

    /// Of an answer that is no success.
    private static let largestComplaint = 1 << 16
    private static let mostHeaders = 256

    init(
        _ body: HTTPRequest.Body, told: Int, progress: @escaping (Int) -> Void,
        receive: @escaping (HTTPHead) -> HTTPReception
    ) {
        self.body = body
        self.told = told
        self.progress = progress
        self.receive = receive
    }

    /// - Parameter handle: must not be used for longer than this object lives.
    func attach(to handle: UnsafeMutableRawPointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        stet_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        stet_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
            return Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().take(bytes)
        }
        stet_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        stet_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: data, count: size * count)
            return Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().take(header: line)
        }
        stet_curl_set_pointer(handle, CURLOPT_READDATA, context)
        stet_curl_set_callback(handle, CURLOPT_READFUNCTION) { data, size, count, context in
            guard let data, let context else { return Int(CURL_READFUNC_ABORT) }
            let room = UnsafeMutableRawBufferPointer(start: data, count: size * count)
            return Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().give(into: room)
        }
        // A kept connection may turn out to be closed when part of the body has gone: libcurl then begins again.
        stet_curl_set_pointer(handle, CURLOPT_SEEKDATA, context)
        stet_curl_set_seeker(handle) { context, offset, origin in
            guard let context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
            Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue().sent = Int(offset)
            return CURL_SEEKFUNC_OK
        }
    }

    /// Decides about an answer that has no body.
    func finish() {
        if head.isSuccess { decide() }
    }

    private func decide() {
        guard reception == nil else { return }
        let chosen = head.isSuccess ? receive(head) : .memory(limit: Self.largestComplaint)
        reception = chosen
        if case .useless(let reason) = chosen { failure = HTTPFault(reason, .useless) }
    }

    private func take(header line: UnsafeRawBufferPointer) -> Int {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // Each answer on the way to the last one, e.g. a proxy's, begins anew.
            head = HTTPHead()
            head.status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
        } else if let colon = text.firstIndex(of: ":"), head.headers.count < Self.mostHeaders {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            head.headers[text[..<colon].lowercased()] = String(
                value.prefix { $0 != "\r" && $0 != "\n" && $0 != "\r\n" })
        }
        return line.count
    }

    private func take(_ part: UnsafeRawBufferPointer) -> Int {
        decide()
        guard failure == nil else { return 0 }
        switch reception {
        case .memory(let limit):
            guard bytes.count + part.count <= limit else {
                if head.isSuccess {
                    failure = HTTPFault("the answer is larger than \(limit) bytes", .tooLarge)
                    return 0
                }
                // The beginning says what is wrong; the rest is not worth waiting for.
                bytes += part.prefix(limit - bytes.count)
                return 0
            }
            bytes += part
        case .file(let descriptor, let path, let skipping, let limit):
            let rest = UnsafeRawBufferPointer(rebasing: part.dropFirst(skipping - skipped))
            skipped = min(skipping, skipped + part.count)
            let fitting = UnsafeRawBufferPointer(rebasing: rest.prefix(limit - received))
            guard write(fitting, to: descriptor, path) else { return 0 }
            guard fitting.count == rest.count else {
                failure = HTTPFault("the answer is larger than \(limit) bytes", .tooLarge)
                return 0
            }
        case .useless, nil: return 0
        }
        return part.count
    }

    private func write(_ part: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) -> Bool {
        var rest = part
        while !rest.isEmpty {
            let done = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if done < 0 {
                if errno == EINTR { continue }
                let error = FileError("write", path)
                failure = HTTPFault(error.description, .file(error))
                return false
            }
            received += done
            rest = UnsafeRawBufferPointer(rebasing: rest[done...])
        }
        progress(part.count)
        return true
    }

    private func give(into room: UnsafeMutableRawBufferPointer) -> Int {
        var given = min(room.count, body.count - sent)
        guard given > 0 else { return 0 }
        switch body {
        case .none: return 0
        case .bytes(let bytes):
            bytes.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[sent..<sent + given])) }
        case .file(let descriptor, let path, let offset, _):
            repeat {
                given = pread(descriptor, room.baseAddress, given, off_t(offset + sent))
            } while given < 0 && errno == EINTR
            guard given > 0 else {
                let error = given < 0 ? FileError("read", path) : FileError("read", path, code: EIO)
                failure = HTTPFault(error.description, .file(error))
                return Int(CURL_READFUNC_ABORT)
            }
        }
        sent += given
        if sent > told {
            progress(sent - told)
            told = sent
        }
        return given
    }
}
