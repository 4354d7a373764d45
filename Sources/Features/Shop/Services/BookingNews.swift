import Database
import Kernel
import Messages

/// What one event means to somebody: the kind of message, and its words after the service and its time.
struct BookingNews: Sendable {
  let kind: MessageKind
  let text: Phrase

  private init(_ kind: MessageKind, _ chinese: String, _ english: String) {
    self.kind = kind
    text = Phrase(chinese, english)
  }

  static let kinds = Set(household.keys).union(merchant.keys)

  /// What the merchant, its worker, the committee or the program did, in words for the household.
  static let household: [String: BookingNews] = [
    "shop.booking_accepted": BookingNews(BookingNotice.agreed, "约好了。", "it is agreed."),
    "shop.booking_declined": BookingNews(
      BookingNotice.changed, "商户没有接，可以另约时间。", "the merchant cannot come; please choose another time."),
    "shop.booking_expired": BookingNews(
      BookingNotice.changed, "没有等到答复，可以另约时间。", "nobody answered in time; please choose another time."),
    "shop.booking_cancelled": BookingNews(BookingNotice.changed, "取消了。", "it was cancelled."),
    "shop.booking_move_proposed": BookingNews(
      BookingNotice.asked, "对方想换个时间，请您看看行不行。",
      "another time is proposed; please say whether it suits you."),
    "shop.booking_changed": BookingNews(BookingNotice.changed, "时间改好了。", "the time was changed."),
    "shop.booking_move_refused": BookingNews(
      BookingNotice.changed, "新的时间不行，还是原来的时间。", "the other time does not suit; the first one stands."),
    "shop.booking_material_asked": BookingNews(
      BookingNotice.asked, "要加材料，等您同意。", "material is needed and waits for your yes."),
    "shop.booking_worker_missed": BookingNews(
      BookingNotice.changed, "师傅没有到，不收钱，可以另约时间。",
      "nobody came; nothing is charged, please choose another time."),
    "shop.booking_household_missed": BookingNews(
      BookingNotice.changed, "师傅说家里没人；不是这样的话，请在页面上说一声。",
      "nobody was found at home; if that is not so, please say it on the page."),
    "shop.booking_fee_kept": BookingNews(
      BookingNotice.changed, "按说好的规则留下一部分，其余退给您。",
      "a part is kept, as the rules say; the rest comes back to you."),
    "shop.booking_fee_waived": BookingNews(
      BookingNotice.changed, "不收钱，付过的全退给您。", "nothing is kept; what you paid comes back to you."),
    "shop.booking_code_renewed": BookingNews(
      BookingNotice.changed, "到达码试错太多次，换了新的，请看预约页。",
      "the arrival code was tried too often, so there is a new one; please look at the page."),
    "shop.booking_tomorrow": BookingNews(BookingNotice.tomorrow, "记得有人上门。", "somebody will come."),
    "shop.booking_on_the_way": BookingNews(BookingNotice.underWay, "师傅在路上了。", "on the way."),
    "shop.booking_done": BookingNews(
      BookingNotice.done, "做好了，有问题可以报售后。", "done; if anything is wrong, please report it."),
  ]

  /// What the household did or the committee decided, in words for the merchant and its worker.
  static let merchant: [String: BookingNews] = [
    "shop.booking_requested": BookingNews(
      BookingNotice.deskAsked, "有住户想约，请答复。", "a household asks for it; please answer."),
    "shop.booking_cancelled": BookingNews(BookingNotice.deskChanged, "住户取消了。", "the household cancelled it."),
    "shop.booking_move_proposed": BookingNews(
      BookingNotice.deskAsked, "住户想换个时间，请看看行不行。",
      "the household proposes another time; please say whether it suits you."),
    "shop.booking_changed": BookingNews(
      BookingNotice.deskChanged, "住户同意了，时间改好了。", "the household agreed; the time was changed."),
    "shop.booking_move_refused": BookingNews(
      BookingNotice.deskChanged, "新的时间住户不行，还是原来的时间。",
      "the other time does not suit the household; the first one stands."),
    "shop.booking_material_agreed": BookingNews(
      BookingNotice.deskChanged, "住户同意加材料。", "the household agreed to the material."),
    "shop.booking_material_refused": BookingNews(
      BookingNotice.deskChanged, "住户不同意加材料。", "the household did not agree to the material."),
    "shop.booking_worker_missed": BookingNews(
      BookingNotice.deskChanged, "住户说师傅没有来；不收钱。", "the household says that nobody came; nothing is charged."),
    "shop.booking_fee_kept": BookingNews(
      BookingNotice.deskChanged, "居委会看过了，按规则留下一部分。", "the committee decided that a part is kept."),
    "shop.booking_fee_waived": BookingNews(
      BookingNotice.deskChanged, "居委会看过了，不收钱，全退。", "the committee decided that nothing is kept."),
  ]

  /// What a worker has to know on the way or at the door, and can see among today's visits.
  static let forWorkers: Set<String> = [
    "shop.booking_cancelled", "shop.booking_changed", "shop.booking_material_agreed",
    "shop.booking_material_refused",
  ]

  /// Money that comes back to the household; nil where nothing does.
  static func refunded(_ event: Event) -> BookingNews? {
    guard let refund = OrderNotices.Refunded(event.body), refund.amount > .zero else { return nil }
    let amount = refund.amount.display
    if refund.isPaid {
      return BookingNews(OrderNotice.refunded, "\(amount) 已经退给您了。", "\(amount) has come back to you.")
    }
    return refund.isCash
      ? BookingNews(
        OrderNotice.refunded, "退给您 \(amount)，请找商户当面退。",
        "\(amount) comes back to you; please ask the merchant for it.")
      : BookingNews(
        OrderNotice.refunded, "退给您 \(amount)，从您付款的地方退回，一般一两天到。",
        "\(amount) goes back the way you paid it, as a rule within two days.")
  }
}
