import Kernel
import Shop

/// What the corner store arranges for the neighbours of the demo: three services and who does them.
enum DemoServices {
  /// The key of the merchant's owner among `DemoPeople.cast`.
  static let owner = "fang-li"

  struct Offer {
    let details: Service.Details
    let workers: [Person]
  }

  struct Person {
    let name: Phrase
    let introduction: Phrase
    let certificate: String
    /// The key among `DemoPeople.cast`; nil for somebody with a name alone.
    let key: String?
    /// Minutes since midnight, on working days and at the weekend.
    let weekdays: [(opens: Int, closes: Int)]
    let weekend: [(opens: Int, closes: Int)]

    var hours: [WeeklyHours] {
      (1...7).flatMap { day in
        (day < 6 ? weekdays : weekend).compactMap {
          WeeklyHours(weekday: day, opens: $0.opens, closes: $0.closes)
        }
      }
    }
  }

  static let offers = [haircut, repair, bathing]

  static let haircut = Offer(
    details: Service.Details(
      kind: .hairdressing, title: Phrase("上门理发", "Haircut at home"),
      description: Phrase(
        "剪短、修面、扫干净碎发。不烫不染。坐轮椅、躺床上都能剪。",
        "A cut and a shave, and the floor swept afterwards. No perms or colour. Wheelchair or bed is no difficulty."
      ),
      preparation: Phrase("一把椅子，一条旧毛巾。", "A chair and an old towel."), place: .home,
      price: ServicePrice(basis: .visit, amount: .fen(2_500), cap: .fen(3_000)),
      times: ServiceTimes(minutes: 45, bufferMinutes: 15, leadHours: 2, horizonDays: 14),
      rules: VisitRules(answerHours: 12, freeHours: 4, lateRate: .none)),
    workers: [
      Person(
        name: Phrase("孔师傅", "Mr Kong"),
        introduction: Phrase(
          "在桂花里剪了三十年头发，手轻，话不多。", "Has cut hair in the lane for thirty years, with a light hand and few words."
        ),
        certificate: "", key: nil, weekdays: [(540, 690), (840, 1_020)], weekend: [(540, 690)])
    ])

  static let repair = Offer(
    details: Service.Details(
      kind: .repair, title: Phrase("水电小修", "Small repairs"),
      description: Phrase(
        "换龙头、通下水、换灯、修插座。燃气和高空不做。材料另算，先问您。",
        "Taps, drains, lamps and sockets. No gas and no heights. Material is extra, and you are asked first."),
      preparation: Phrase("请先关好总阀门。", "Please close the main valve."), place: .home,
      price: ServicePrice(basis: .hour, amount: .fen(6_000), cap: .fen(18_000)),
      times: ServiceTimes(minutes: 60, bufferMinutes: 30, leadHours: 12, horizonDays: 21),
      rules: VisitRules(answerHours: 24, freeHours: 12, lateRate: Rate(basisPoints: 2_000) ?? .none)),
    workers: [
      Person(
        name: Phrase("赵师傅", "Mr Zhao"),
        introduction: Phrase(
          "5 号楼的退休电工，邻居都认识。", "A retired electrician from Building 5 whom everybody knows."),
        certificate: "低压电工作业证 示0001", key: "zhao-guoqiang", weekdays: [(540, 720), (810, 1_020)], weekend: [])
    ])

  static let bathing = Offer(
    details: Service.Details(
      kind: .bathing, title: Phrase("上门助浴", "Assisted bathing"),
      description: Phrase(
        "给行动不便的老人洗澡，两位护理员一起来，先量血压。",
        "For elders who cannot bathe alone. Two carers come together and take the blood pressure first."),
      preparation: Phrase(
        "浴室先开暖，备好换洗衣服；饭后一小时再洗。", "Warm the bathroom, have fresh clothes ready; an hour after a meal."),
      place: .home, price: ServicePrice(basis: .visit, amount: .fen(9_800), cap: .fen(12_800)),
      times: ServiceTimes(minutes: 90, bufferMinutes: 30, leadHours: 24, horizonDays: 21),
      rules: VisitRules(answerHours: 24, freeHours: 24, lateRate: Rate(basisPoints: 1_000) ?? .none)),
    workers: [
      Person(
        name: Phrase("何阿姨", "Mrs He"),
        introduction: Phrase("做了八年护理，慢慢来，不催。", "A carer for eight years; takes her time."),
        certificate: "养老护理员四级 示0002", key: nil, weekdays: [(540, 690), (840, 1_020)], weekend: [(840, 1_020)])
    ])
}
