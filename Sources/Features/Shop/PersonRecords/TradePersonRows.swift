import Database
import Kernel
import People

/// What stands about a person because they sell, or do services.
enum TradePersonRows {
  /// The merchant stands before its members: it is found by them.
  static let merchants: [PersonTable] = [
    PersonTable(
      "shop_product_import", Phrase("传上来的商品表", "Lists of products that I sent"), ending: .deleted,
      columns: [
        PersonColumn("created_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("file_name", Phrase("文件名", "File name")),
        PersonColumn("content", Phrase("大小", "Size"), .size),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "shop_merchant", Phrase("只有我一个人的商户", "The merchant that is me alone"),
      ending: .clearedLater("phone = ''"),
      columns: [
        PersonColumn("created_at", Phrase("从什么时候", "Since"), .moment),
        PersonColumn("name", Phrase("名称", "Name"), PersonColumn.bilingual("name_zh", "name_en")),
        PersonColumn("story", Phrase("介绍", "Story"), PersonColumn.bilingual("story_zh", "story_en")),
        PersonColumn("licence", Phrase("执照", "Licence")),
        PersonColumn("phone", Phrase("电话", "Telephone")),
        PersonColumn("closed_at", Phrase("什么时候停的", "Closed"), .moment),
      ]
    ) { "id IN (\(PersonSelection.ownMerchants(of: $0)))" },
    PersonTable(
      "shop_merchant_member", Phrase("我代表的商户", "Merchants that I act for"), ending: .deleted,
      columns: memberColumns
    ) { "person_id = \($0.person) AND merchant_id NOT IN (\(PersonSelection.ownMerchants(of: $0)))" },
    // Who sold must be known for as long as what was sold is (E-Commerce Law, articles 15 and 31).
    PersonTable(
      "shop_merchant_member", Phrase("只有我代表的商户", "Merchants that I alone act for"), ending: .deletedLater,
      columns: memberColumns
    ) { "person_id = \($0.person) AND merchant_id IN (\(PersonSelection.ownMerchants(of: $0)))" },
  ]

  private static let memberColumns: [PersonColumn] = [
    PersonColumn("since", Phrase("从什么时候", "Since"), .moment),
    PersonColumn(
      "merchant", Phrase("商户", "Merchant"),
      """
      (SELECT \(PersonColumn.bilingual("merchant.name_zh", "merchant.name_en")) FROM shop_merchant AS merchant
        WHERE merchant.id = shop_merchant_member.merchant_id)
      """),
  ]

  /// The picture stands before the worker who names it.
  static let workers: [PersonTable] = [
    PersonTable(
      "shop_picture", Phrase("我做师傅的照片", "My photo as a worker"), ending: .deleted,
      columns: [
        PersonColumn("created_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("large", Phrase("照片大小", "Size of the photo"), .size),
      ]
    ) {
      """
      id IN (SELECT worker.picture_id FROM shop_worker AS worker
        WHERE worker.community_id = \($0.community) AND worker.person_id = \($0.person))
      """
    },
    PersonTable(
      "shop_worker_service", Phrase("我做的服务", "Services that I do"), ending: .deleted,
      columns: [
        PersonColumn(
          "service", Phrase("服务", "Service"),
          """
          (SELECT \(PersonColumn.bilingual("service.title_zh", "service.title_en"))
            FROM shop_service AS service
            WHERE service.id = shop_worker_service.service_id)
          """)
      ]
    ) { "worker_id IN (\(PersonSelection.workers(of: $0)))" },
    PersonTable(
      "shop_worker_hours", Phrase("我的上班时间", "My hours"), ending: .deleted,
      columns: [
        PersonColumn("weekday", Phrase("星期几（1 到 7）", "Day of the week, 1 to 7"), .number),
        PersonColumn("opens", Phrase("从（零点起的分钟）", "From, in minutes of the day"), .number),
        PersonColumn("closes", Phrase("到（零点起的分钟）", "Until, in minutes of the day"), .number),
      ]
    ) { "worker_id IN (\(PersonSelection.workers(of: $0)))" },
    PersonTable(
      "shop_worker_exception", Phrase("我不在和加班的时间", "When I am away or work more"), ending: .deleted,
      columns: [
        PersonColumn("from_at", Phrase("从", "From"), .moment),
        PersonColumn("until_at", Phrase("到", "Until"), .moment),
        PersonColumn("kind", Phrase("怎么样", "What"), stored(\HoursException.Kind.name)),
      ]
    ) { "worker_id IN (\(PersonSelection.workers(of: $0)))" },
    PersonTable(
      "shop_worker_block", Phrase("为预约留着的时间", "Time that bookings hold"),
      ending: .kept(
        Phrase("预约一结束就自动放开。", "It is set free by itself as soon as the booking is over.")),
      columns: [
        PersonColumn("block", Phrase("第几个一刻钟（从 1970 年起）", "Quarter of an hour since 1970"), .number)
      ]
    ) { "worker_id IN (\(PersonSelection.workers(of: $0)))" },
    PersonTable(
      "shop_worker", Phrase("我做师傅的介绍", "Me as a worker"),
      ending: .cleared(
        """
        introduction_zh = '', introduction_en = '', certificate = '', certificate_until = NULL,
          picture_id = NULL
        """),
      columns: [
        PersonColumn("created_at", Phrase("从什么时候", "Since"), .moment),
        PersonColumn(
          "introduction", Phrase("介绍", "Introduction"),
          PersonColumn.bilingual("introduction_zh", "introduction_en")),
        PersonColumn("certificate", Phrase("证书", "Certificate")),
        // Stored as days since 1970.
        PersonColumn(
          "certificate_until", Phrase("证书到期", "Certificate until"), "certificate_until * 86400000000", .moment
        ),
        PersonColumn("closed_at", Phrase("什么时候停的", "Closed"), .moment),
      ]
    ) { "person_id = \($0.person)" },
    // Whoever had the visit may ask for three years who came.
    PersonTable(
      "shop_worker", Phrase("我做师傅的名字", "My name as a worker"),
      ending: .clearedLater("name_zh = '已离开的师傅', name_en = 'A former worker'"),
      columns: [
        PersonColumn("created_at", Phrase("从什么时候", "Since"), .moment),
        PersonColumn("name", Phrase("名字", "Name"), PersonColumn.bilingual("name_zh", "name_en")),
      ]
    ) { "person_id = \($0.person)" },
  ]
}
