import Database
import Kernel
import People
import Resources

/// Scams of the demo: what neighbours told, what the station found, the warnings that it made of it, and a merchant's reply.
/// Numbers, links and names are invented.
struct DemoAlertBuilder: Sendable {
  let stage: DemoStage

  private var entries: AlertEntries { stage.switchboard.resources.alertEntries }

  func build() async throws {
    try await stairs()
    try await parcels()
    try await honey()
    _ = try await report(
      .call, details("说我医保卡停了，要我转钱到“安全账户”。我挂了。", phone: "021-0000-0977"), by: "sun-yulan", 1)
    _ = try await report(
      .pickupTheft, details("昨天傍晚在架空层，袋子放下去接个电话，鸡蛋就没了。"), by: "li-jiayi", 3)
  }

  // MARK: - What became warnings

  /// A seller who went from door to door in one building.
  private func stairs() async throws {
    let id = try await report(
      .doorToDoor, details("有两个人敲门，说是“社区送净水器”，要收押金。", phone: "021-0000-0966"),
      by: "anna-keller", 9)
    try await verify(id, 8, note: "打电话问过居委会和水务，没有这件事。楼里四户见过同样两个人。")
    try await warn(
      AlertTerms(
        title: Phrase("有人冒充社区上门装净水器", "Strangers say the committee sends water filters"),
        looks: Phrase(
          "两个人，穿蓝背心，没有工牌。先说免费，再要押金。",
          "Two people in blue vests without a badge. First it is free, then a deposit is due."),
        advice: Phrase(
          "不开门，不付钱。社区的人上门都戴工牌，也会先打电话。",
          "Do not open, do not pay. Ours wear a badge and call before they come."),
        number: "021-0000-0966", buildings: ["3"], until: stage.day(-20, 18)), from: id, 7)
  }

  /// A link in a message that went round everywhere.
  private func parcels() async throws {
    let id = try await report(
      .link, details("短信说包裹丢了要理赔，点开要填银行卡号。", link: "https://parcel-refund.example/pay"),
      by: "chen-hao", 12)
    try await verify(id, 11, note: "快递公司说没有这样的短信。网页要银行卡号和验证码。")
    try await warn(
      AlertTerms(
        title: Phrase("“包裹理赔”短信是假的", "Messages about a lost parcel are false"),
        looks: Phrase(
          "短信说包裹丢了，点链接填银行卡号就赔钱。",
          "A message says your parcel is lost and asks for your bank card behind a link."),
        advice: Phrase(
          "不点链接，不告诉人验证码。真丢了，快递会打电话。",
          "Do not follow the link, tell nobody a code. Of a real loss the carrier calls."),
        number: "", buildings: [], until: stage.day(-30, 18)), from: id, 10)
  }

  // MARK: - The merchant's side

  private func honey() async throws {
    let id = try await report(
      .falseAdvertising, details("蜂蜜写着“治咳嗽”，食品不能这样写吧？", listing: "枇杷蜜"), by: "zhao-guoqiang",
      11)
    let merchant = try await stage.merchant(of: "xi-meilin")
    let (entries, worker) = (entries, try stage.worker())
    let shopkeeper = try stage.actor("xi-meilin", as: .merchant)
    let cipher = try await entries.cipher(of: stage.community.id)
    let hearing = try await stage.step(stage.day(9, 15)) { transaction in
      try entries.move(
        id, to: .verifying, note: "看了页面和宣传单，宣传单上有这句话。", sealing: cipher, by: worker, in: transaction)
      return try entries.ask(
        merchant, "提货时发的宣传单上，枇杷蜜写着“治咳嗽”。请说明，或者改掉。", about: id, opening: cipher, by: worker,
        in: transaction)
    }
    try await stage.step(stage.day(6, 20)) { transaction in
      try entries.reply(
        "单子是去年印的，是我们没看仔细。旧单子已经收回来烧了，新的只写产地和日期，请邻居原谅。", to: hearing, sealing: cipher, by: shopkeeper,
        in: transaction)
    }
  }

  // MARK: - Steps

  private func details(
    _ words: String, phone: String = "", link: String = "", listing: String = ""
  ) -> ScamReport.Details {
    var details = ScamReport.Details.none
    (details.words, details.phone, details.link, details.listing) = (words, phone, link, listing)
    return details
  }

  private func report(
    _ kind: ScamReport.Kind, _ details: ScamReport.Details, by key: String, _ daysAgo: Int64
  ) async throws -> ScamReportID {
    let (entries, person) = (entries, try stage.person(key))
    let cipher = try await entries.cipher(of: stage.community.id)
    return try await stage.step(stage.day(daysAgo, 17)) { transaction in
      try entries.report(kind, details, sealing: cipher, by: person, in: transaction)
    }
  }

  private func verify(_ id: ScamReportID, _ daysAgo: Int64, note: String) async throws {
    let (entries, worker) = (entries, try stage.worker())
    let cipher = try await entries.cipher(of: stage.community.id)
    try await stage.step(stage.day(daysAgo, 9)) { transaction in
      try entries.move(
        id, to: .verifying, note: "先打电话问一问。", sealing: cipher, by: worker, in: transaction)
    }
    try await stage.step(stage.day(daysAgo, 14)) { transaction in
      try entries.move(id, to: .verified, note: note, sealing: cipher, by: worker, in: transaction)
    }
  }

  private func warn(_ terms: AlertTerms, from id: ScamReportID, _ daysAgo: Int64) async throws {
    let (entries, worker) = (entries, try stage.worker())
    let cipher = try await entries.cipher(of: stage.community.id)
    try await stage.step(stage.day(daysAgo, 10)) { transaction in
      try entries.warn(terms, from: id, opening: cipher, by: worker, in: transaction)
    }
  }
}
