package import HTTPTypes

/// How requests reach services outside, such as payment and message services: one closure that the server fills in and
/// tests replace.
package struct GatewayTransport: Sendable {
  package struct Request: Sendable {
    package let method: HTTPRequest.Method
    /// Absolute, with the query.
    package let url: String
    package let headers: HTTPFields
    package let body: [UInt8]
    /// Most bytes of a body that are of use; a longer answer is an error.
    package let limit: Int

    package init(
      method: HTTPRequest.Method, url: String, headers: HTTPFields = [:], body: [UInt8] = [], limit: Int
    ) {
      self.method = method
      self.url = url
      self.headers = headers
      self.body = body
      self.limit = limit
    }
  }

  package struct Response: Sendable {
    package let status: Int
    package let headers: HTTPFields
    /// As it was sent: a signature is over these bytes.
    package let body: [UInt8]

    package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
      self.status = status
      self.headers = headers
      self.body = body
    }
  }

  /// Sends a request and waits for the whole answer, no longer than some seconds, following no redirect. Throws when
  /// there is none; whatever it throws means that nobody knows whether the request arrived.
  package let send: @Sendable (Request) async throws -> Response

  package init(send: @escaping @Sendable (Request) async throws -> Response) {
    self.send = send
  }

  /// Most bytes of an answer.
  package static let answerLimit = 256 * 1024
  /// Most bytes of a payment service's daily bill.
  package static let billLimit = 64 * 1024 * 1024
}
