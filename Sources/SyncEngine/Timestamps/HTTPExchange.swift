private import CCurl
private import Glibc

/// Why a server could not be asked, or did not answer as it should.
public struct HTTPFault: Error, Hashable, Sendable {
    public let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// One POST over HTTP or HTTPS, bounded in time and size.
struct HTTPExchange {
    let url: String
    let contentType: String
    let accepts: String
    /// Bytes of the answer.
    let largest: Int
    let seconds: Int

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// What arrives, until it is too much.
    private final class Answer {
        var bytes: [UInt8] = []
        let largest: Int
        var isTooLarge = false
        init(largest: Int) { self.largest = largest }
    }

    /// The body of an answer with status 200 and a content type that was asked for.
    func post(_ body: [UInt8], agent: String) throws(HTTPFault) -> [UInt8] {
        guard Self.isReady, let handle = curl_easy_init() else { throw HTTPFault("libcurl cannot be used") }
        defer { curl_easy_cleanup(handle) }
        var headers = curl_slist_append(nil, "Content-Type: \(contentType)")
        headers = curl_slist_append(headers, "Accept: \(accepts)")
        defer { curl_slist_free_all(headers) }
        let answer = Answer(largest: largest)
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code: CURLcode = body.withUnsafeBufferPointer { body in
            message.withUnsafeMutableBufferPointer { message in
                configure(handle, headers, agent: agent, answer)
                stet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, message.baseAddress)
                stet_curl_set_number(handle, CURLOPT_POSTFIELDSIZE, body.count)
                stet_curl_set_pointer(
                    handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
                defer { stet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil) }
                return withExtendedLifetime(answer) { curl_easy_perform(handle) }
            }
        }
        guard !answer.isTooLarge else { throw HTTPFault("the answer is larger than \(largest) bytes") }
        guard code == CURLE_OK else {
            let said = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw HTTPFault(said.isEmpty ? String(cString: curl_easy_strerror(code)) : said)
        }
        var status = 0
        stet_curl_get_number(handle, CURLINFO_RESPONSE_CODE, &status)
        guard status == 200 else { throw HTTPFault("the server answered with status \(status)") }
        return answer.bytes
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer, _ headers: UnsafeMutablePointer<curl_slist>?, agent: String, _ answer: Answer
    ) {
        stet_curl_set_text(handle, CURLOPT_URL, url)
        stet_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        stet_curl_set_text(handle, CURLOPT_USERAGENT, agent)
        stet_curl_set_number(handle, CURLOPT_POST, 1)
        stet_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        stet_curl_set_number(handle, CURLOPT_TIMEOUT, seconds)
        stet_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, min(seconds, 15))
        stet_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        stet_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(answer).toOpaque())
        stet_curl_set_writer(handle) { data, size, count, target in
            guard let data, let target else { return 0 }
            let answer = Unmanaged<Answer>.fromOpaque(target).takeUnretainedValue()
            guard answer.bytes.count + size * count <= answer.largest else {
                answer.isTooLarge = true
                return 0
            }
            data.withMemoryRebound(to: UInt8.self, capacity: size * count) { bytes in
                answer.bytes += UnsafeBufferPointer(start: bytes, count: size * count)
            }
            return size * count
        }
    }
}
