import Database
import Kernel
import Messages
import People

/// Tells a person that what they asked about their data was answered; what the answer is stands on their own page.
enum DataRightsNotice {
  static let answered = MessageKind(
    "people.data_request_answered", name: ("信息请求的答复", "Your data request"),
    headline: ("您的信息请求有了答复", "your request is answered"))

  static func teller(_ messenger: Messenger) -> @Sendable (PersonID, Int64, Transaction) throws -> Void {
    { person, request, transaction in
      let message = Message(
        to: person, answered, about: request, occasion: "answered",
        Phrase("您提的信息请求有了答复，在“我的信息”里看。", "What you asked about your data was answered; see My data."),
        path: "/account/data")
      _ = try messenger.send([message], in: transaction)
    }
  }
}
