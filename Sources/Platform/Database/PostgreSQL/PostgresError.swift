import CPostgres

/// Fields of a PostgreSQL error or notice, by the letters of the wire protocol ("Error and Notice Message
/// Fields").
enum PostgresField: Int32 {
  case state = 0x43  // C
  case message = 0x4D  // M
  case detail = 0x44  // D
  case table = 0x74  // t
  case column = 0x63  // c
  case constraint = 0x6E  // n
  case function = 0x52  // R

  /// The field's text; nil when the server did not send it.
  func text(of result: OpaquePointer?) -> String? {
    PQresultErrorField(result, rawValue).map { String(cString: $0) }
  }
}

extension DatabaseError {
  /// What a failed result means.
  ///
  /// Reference: PostgreSQL 15, appendix A, "PostgreSQL Error Codes".
  static func postgres(_ result: OpaquePointer?) -> DatabaseError {
    let state = PostgresField.state.text(of: result) ?? ""
    let message = PostgresField.message.text(of: result) ?? ""
    switch state {
    case "23505": return .unique(violatedConstraint(result))
    // P0001 is what our own triggers raise.
    case "P0001": return .constraint(message)
    case "40001", "40P01": return .retry
    case "55P03": return .busy
    case "57014": return .timeout
    case "53100": return .full
    // The server stops, starts, or has no room: another attempt may find it or its successor.
    case "57P01", "57P02", "57P03", "57P05", "53300": return .connectionLost(message)
    default: break
    }
    switch state.prefix(2) {
    case "23": return .constraint(violatedConstraint(result))
    case "08": return .connectionLost(message)
    default: return .engine(code: state, message: message)
    }
  }

  /// The constraint's name and its columns as SQLite would name them: `shop_order_number_key:
  /// shop_order.number`. The values that clashed are personal data and stay out.
  private static func violatedConstraint(_ result: OpaquePointer?) -> String {
    let table = PostgresField.table.text(of: result) ?? ""
    let name = PostgresField.constraint.text(of: result) ?? "not null"
    var columns = PostgresField.column.text(of: result).map { [$0] } ?? []
    if let detail = PostgresField.detail.text(of: result),
      let open = detail.firstIndex(of: "("), let close = detail.firstRange(of: ")=(")?.lowerBound,
      open < close
    {
      columns = detail[detail.index(after: open)..<close].split(separator: ", ").map { String($0) }
    }
    return columns.isEmpty ? name : "\(name): \(columns.map { "\(table).\($0)" }.joined(separator: ", "))"
  }
}

/// Hears what the server says beside its answers. libpq calls it on the thread that waits for the answer.
final class PostgresNotices {
  /// Whether the server said that a commit is on its disk but perhaps on no other.
  private(set) var sawUnreplicatedCommit = false

  func forget() { sawUnreplicatedCommit = false }

  /// Makes the connection report here. The connection must not outlive `self`.
  func listen(to handle: OpaquePointer) {
    PQsetNoticeReceiver(
      handle,
      { context, result in
        guard let context else { return }
        Unmanaged<PostgresNotices>.fromOpaque(context).takeUnretainedValue().hear(result)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// The warning has no code of its own, and its text follows the server's language; the name of the
  /// function of the server that waits for standbys does not.
  private func hear(_ notice: OpaquePointer?) {
    let text = (PostgresField.detail.text(of: notice) ?? "") + (PostgresField.message.text(of: notice) ?? "")
    if PostgresField.function.text(of: notice) == "SyncRepWaitForLSN"
      || text.contains("might not have been replicated")
    {
      sawUnreplicatedCommit = true
    }
  }
}
