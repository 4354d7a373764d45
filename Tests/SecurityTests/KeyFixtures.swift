/// Made once with the cryptography package of Python, which shares no code with what is tested here. None of the keys is in
/// use anywhere.
enum KeyFixtures {
  static let privatePKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCLqoUtlCs+dshJ
    TfpLW6lbJ3ReXUVEIp7dZpOqq15MSLFzhC/JTqpJk2Gzblr6bpjTTXERfjYEBKV2
    PE/CJpHUVG+xEP0no6ZrIiO89MRiaVOoAI6pRMtXpS6FS8Lb832kcl2yBmqyQSGP
    nPUEa6md7ttl/aSEWpaoVx9lL1Belwx0/EsSqy6rzxwMHeNhx7ipgbdjCXbXVNZZ
    ZfU5Tup567Q0ppoRv1pygP1kYR74RSGTLBTk3Tr3jrqkU2o6HbiqAj7ViIjFacHs
    eoaey+/tzhNc3oDAFvA96PstHXsBc3S3rc52ElXlEWzDS/Yz7bd8O1kKQx37ZJBd
    IQpijezdAgMBAAECggEAAMXuU6csIgJh1BDi1N9uVMcaGAw5kNgJxZqrFgj74P2p
    TiqVtf/zhvKxNHMyJK+uacgCTghSiAETt+6K50idztzNhjXIqw3/7foWveL326gy
    P9otsjUAOj5jUzRkPcDMwqFnnuoQMl7JVGfCINLVuICO10Bhh0NRkRsxmteufrnk
    4drdLbew8GtQtQuaIagzkGLzbD1JhsHTM8XO89Fv+iRbbsMbnyce2ByhPnJogdie
    dX3QTdQ6djReWuDKuQjtH+n8u41rVzVKnCnpcr0lIXHNHAk4QWspejjjTRtsOn2w
    LCNJSAaOuysKfRqmWEfCwueHB/j2moraGwl+PWqMAQKBgQDDyeCys4NghNH4U+Xe
    7sRk+BDTDP/opPu/65NHckorflgSP3UDaKPMTt3HA0jDDstoy3j9LC5NZZAfh8XF
    kmjcoKmN0gdueKvvDu6kzHH7Wklx769Xt4/F2v1qaL06N04VPyxbeGh78wgJNPtA
    IDOcaeh0hMW/oX0SunburZeI3QKBgQC2njVkwVpUOjCEmnrqEThZECjwDSZElIiy
    auVJKvKRmME7eT5iQTLRhrREbnF2tdVoSS1NlqUNDd8XP4k15dLVRodV1UIS6pj6
    3jM3rFQAQ+d23p+g7XGzBIRVd9jH18N+KpHn4Ru7LUsKb51GzX9/bT4E2isBt2M3
    a1yhEne0AQKBgHvp2wJ+xtlhdpqaTtQnfbkBn3RTt+t/761p5U7EsNiSIB98dgxw
    P6rhB1AbbgO161sp3CsvuSZW7z5lafA/V4q7TFRr5zQtv3OPmc5HbqRMYktwDSOR
    E7d/f//Gxmx/8DVWRDaoIEjCagWZuKK/PqryBKMqHRXJmSUvSnKI/20pAoGAeYCB
    3euXgfrFVTTDGwEiEH/j/POCxpZc7PiaXTgp9B1CU6OzkgP3H9kUD4O8ElOhDaXC
    cqEMZ8cW64zmaenjgOtQGBevwo48Ao3cXepWaWbElh5A7v2MbKNQuNzoau5vr337
    XeA0ZzEXgHYKmpUXg1zXqrrNanLtnG3eT3zOEAECgYEAv558dRKXGKUwFEn38eX8
    2bKcJCg39OFbj7y3d+7kwhTbENRYG/+z7lwAGg88y/+QPQWTojnrgW/Wc3GDpDbb
    bAsYQ9lhnYaeYqoG5x7onAHfLAiXpoLjp/+CjdB4g1Ypg/9mKwpYmZO79nbVMsbs
    JvVyMQvU29Si9EjpL/GvttI=
    -----END PRIVATE KEY-----
    """

  static let privatePKCS1 = """
    -----BEGIN RSA PRIVATE KEY-----
    MIIEowIBAAKCAQEAi6qFLZQrPnbISU36S1upWyd0Xl1FRCKe3WaTqqteTEixc4Qv
    yU6qSZNhs25a+m6Y001xEX42BASldjxPwiaR1FRvsRD9J6OmayIjvPTEYmlTqACO
    qUTLV6UuhUvC2/N9pHJdsgZqskEhj5z1BGupne7bZf2khFqWqFcfZS9QXpcMdPxL
    Eqsuq88cDB3jYce4qYG3Ywl211TWWWX1OU7qeeu0NKaaEb9acoD9ZGEe+EUhkywU
    5N069466pFNqOh24qgI+1YiIxWnB7HqGnsvv7c4TXN6AwBbwPej7LR17AXN0t63O
    dhJV5RFsw0v2M+23fDtZCkMd+2SQXSEKYo3s3QIDAQABAoIBAADF7lOnLCICYdQQ
    4tTfblTHGhgMOZDYCcWaqxYI++D9qU4qlbX/84bysTRzMiSvrmnIAk4IUogBE7fu
    iudInc7czYY1yKsN/+36Fr3i99uoMj/aLbI1ADo+Y1M0ZD3AzMKhZ57qEDJeyVRn
    wiDS1biAjtdAYYdDUZEbMZrXrn655OHa3S23sPBrULULmiGoM5Bi82w9SYbB0zPF
    zvPRb/okW27DG58nHtgcoT5yaIHYnnV90E3UOnY0XlrgyrkI7R/p/LuNa1c1Spwp
    6XK9JSFxzRwJOEFrKXo4400bbDp9sCwjSUgGjrsrCn0aplhHwsLnhwf49pqK2hsJ
    fj1qjAECgYEAw8ngsrODYITR+FPl3u7EZPgQ0wz/6KT7v+uTR3JKK35YEj91A2ij
    zE7dxwNIww7LaMt4/SwuTWWQH4fFxZJo3KCpjdIHbnir7w7upMxx+1pJce+vV7eP
    xdr9ami9OjdOFT8sW3hoe/MICTT7QCAznGnodITFv6F9Erp27q2XiN0CgYEAtp41
    ZMFaVDowhJp66hE4WRAo8A0mRJSIsmrlSSrykZjBO3k+YkEy0Ya0RG5xdrXVaEkt
    TZalDQ3fFz+JNeXS1UaHVdVCEuqY+t4zN6xUAEPndt6foO1xswSEVXfYx9fDfiqR
    5+Ebuy1LCm+dRs1/f20+BNorAbdjN2tcoRJ3tAECgYB76dsCfsbZYXaamk7UJ325
    AZ90U7frf++taeVOxLDYkiAffHYMcD+q4QdQG24DtetbKdwrL7kmVu8+ZWnwP1eK
    u0xUa+c0Lb9zj5nOR26kTGJLcA0jkRO3f3//xsZsf/A1VkQ2qCBIwmoFmbiivz6q
    8gSjKh0VyZklL0pyiP9tKQKBgHmAgd3rl4H6xVU0wxsBIhB/4/zzgsaWXOz4ml04
    KfQdQlOjs5ID9x/ZFA+DvBJToQ2lwnKhDGfHFuuM5mnp44DrUBgXr8KOPAKN3F3q
    VmlmxJYeQO79jGyjULjc6Grub699+13gNGcxF4B2CpqVF4Nc16q6zWpy7Zxt3k98
    zhABAoGBAL+efHUSlxilMBRJ9/Hl/NmynCQoN/ThW4+8t3fu5MIU2xDUWBv/s+5c
    ABoPPMv/kD0Fk6I564Fv1nNxg6Q222wLGEPZYZ2GnmKqBuce6JwB3ywIl6aC46f/
    go3QeINWKYP/ZisKWJmTu/Z21TLG7Cb1cjEL1NvUovRI6S/xr7bS
    -----END RSA PRIVATE KEY-----
    """

  static let publicInfo = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAi6qFLZQrPnbISU36S1up
    Wyd0Xl1FRCKe3WaTqqteTEixc4QvyU6qSZNhs25a+m6Y001xEX42BASldjxPwiaR
    1FRvsRD9J6OmayIjvPTEYmlTqACOqUTLV6UuhUvC2/N9pHJdsgZqskEhj5z1BGup
    ne7bZf2khFqWqFcfZS9QXpcMdPxLEqsuq88cDB3jYce4qYG3Ywl211TWWWX1OU7q
    eeu0NKaaEb9acoD9ZGEe+EUhkywU5N069466pFNqOh24qgI+1YiIxWnB7HqGnsvv
    7c4TXN6AwBbwPej7LR17AXN0t63OdhJV5RFsw0v2M+23fDtZCkMd+2SQXSEKYo3s
    3QIDAQAB
    -----END PUBLIC KEY-----
    """

  static let publicPKCS1 = """
    -----BEGIN RSA PUBLIC KEY-----
    MIIBCgKCAQEAi6qFLZQrPnbISU36S1upWyd0Xl1FRCKe3WaTqqteTEixc4QvyU6q
    SZNhs25a+m6Y001xEX42BASldjxPwiaR1FRvsRD9J6OmayIjvPTEYmlTqACOqUTL
    V6UuhUvC2/N9pHJdsgZqskEhj5z1BGupne7bZf2khFqWqFcfZS9QXpcMdPxLEqsu
    q88cDB3jYce4qYG3Ywl211TWWWX1OU7qeeu0NKaaEb9acoD9ZGEe+EUhkywU5N06
    9466pFNqOh24qgI+1YiIxWnB7HqGnsvv7c4TXN6AwBbwPej7LR17AXN0t63OdhJV
    5RFsw0v2M+23fDtZCkMd+2SQXSEKYo3s3QIDAQAB
    -----END RSA PUBLIC KEY-----
    """

  /// 1024 bits.
  static let smallPrivate = """
    -----BEGIN PRIVATE KEY-----
    MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBAKkutZI/PEowsRT6
    CkQvQbNfGQXZqPnV8TH1zVEcBt7umTsL4S1fEYCUz7XNRYUmlK9F/3HkNTEiE7Z4
    agcjH+VGkm1Hm0XuE6GbUGpqK4utZyaA5InTAAi6kMuan+YVC2/5wAQ2DtfwQHJ2
    7qFjCB5zrbP7xtNHKc+qCDOVN7CfAgMBAAECgYBtoVr/ngKPgOX/Vdf5PzYv6dvp
    MpaQ7tYRLdsSSDsbkzmwTY5pPEW3MLc4dAAsvEd1HMLfJqZhZFep0nXCkjxD5CQA
    OkYZu+VNEXn+FGjIupzfrYgXOeS6FCziK2i2eddP0J1Oa9mmMqsjYnRGNwy5KvGQ
    d72TyKzR2d5SZWRy4QJBAN35RcEnPQGpgSo5fgnn8HegQ2Unti71JLouwrUUuwfX
    u/DwKQ99gL6J0vbcTgy5cqmlgZpwakcib358F2FdSLsCQQDDHcs1r+4Ajdr1Ik6Y
    Ts/HSOkrjoCiZzd5Bd0PDC579oU7okP73U5X06p8YmwnGhS0JU3Juzn3tNkmN6ra
    PBttAkB8bZwlbxpqkRr/kWTOpr6MQEEnNgCRCAgDeezZVvqUpeELaYSK015U8Kta
    iBoUVewpnsYszXE12N7I90Sf5ou7AkA1F6FY/YNMwUzoUSqDxUZCmvNft8oG5wEw
    PEk3s//eGWmNnYzUNxb/TQhiCkIVrcIedtwg3YJbhelkvdcOxTZNAkAWu8V96y9P
    GbMX2M1pWqLc+5z/lG3X2hQDl354iio0xjtpUIEsd4oNI49KAdS5x36bUvlE4WRI
    WqXkkB/anLks
    -----END PRIVATE KEY-----
    """

  /// 1024 bits.
  static let smallPublic = """
    -----BEGIN PUBLIC KEY-----
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCpLrWSPzxKMLEU+gpEL0GzXxkF
    2aj51fEx9c1RHAbe7pk7C+EtXxGAlM+1zUWFJpSvRf9x5DUxIhO2eGoHIx/lRpJt
    R5tF7hOhm1BqaiuLrWcmgOSJ0wAIupDLmp/mFQtv+cAENg7X8EBydu6hYwgec62z
    +8bTRynPqggzlTewnwIDAQAB
    -----END PUBLIC KEY-----
    """

  static let message = """
    1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n{"code":"买菜"}\n
    """

  /// Of `message`, RSA PKCS#1 v1.5 with SHA-256.
  static let signature = """
    G+XuBGXXjaXxHHZu4utpfnp69mCcUcYjxvaxE/jjwzueQT5Q2MdHvyOAYFZkywnFLN8uWrL2qQ3wqh+Sb6C1upXA4Jau/exf\
    E3EcT4zod/1j8rz58Rgvuy1vSlPS+nDDxx6xFgU/ZRCc+ra9mOI/K2aNoSd3JqiIZKlg00/xnhagyvj5tvWK8T1yRbwb6YZM\
    neXLEkxy4ZOjAwOml6ZyxOmAC5lNArMhZSMDi/VZAQnDjSFaI7w43YwNTHJsWUyNbyJKQffLv7OLLP29EUItD3QSKKOehsqF\
    pFsn/JoKsX9+efVv72UKY6xx6nNh9Cv8mkZ7XIMdbQu/6xPqg1LWwA==
    """

  /// Of `message`, with the other padding.
  static let pssSignature = """
    RZyrb3JBj6c+PlLY50CxhN4nSVdx7g2dpOqHu+W6BD33IVQ80QyMCyiQR5kdCNH5GtLleepMNMQiMnPmmmJZRolBExvQYdDV\
    WGanlvEOUX/VvFyGQG3Fkgckdmzovg6MjUt5/9qRpUDmqWExI2JdUBGJ4a9QOgz9hA5CRwn+JV7gjCma+gqEUNbZ3kh8UsU9\
    wHbCBVTIkI9RA/6B9wN/go5sCRrNo0R7oiveCisr+0xeCUGeTjoUAVHojCkKrQmFiwwCj9yz4vnAqD+17dKxcvDkXtVx2Tr2\
    I+KUqlk0OEazF2QhtT28f2EBemgSRMfQoS5DFLSgHzWWqquD0MBKwQ==
    """

  /// Of `message`, with SHA-1.
  static let sha1Signature = """
    WUA8B7y/Wi5Kk8lxsBRx75ssoH+KqS8sJej+zAcIRBbe3SYvIZouB9TICKBs/ZR/cxpakAALJxqwJSSAqtfV9sLLS87fClFM\
    hQYYBKAOaYilYCqDBQLt3LD9APiL4gHyx1fVUcTL0QcDeJiPqk3AA02mggKRL+5xFLvuh4MNH/O/PcmKYL+9WOQsSMg0qIRA\
    vUGHD++K9TOcpMZS/0MmS7CX8C+dJvUq11mQ9Bw8OutSev95HaN12nJLMwKwSpstwY0lf0l+b8HoofzUxnEViCCS0/gY+NMZ\
    kzg9tU9ELxErUhXTeAzzkTk+GIGBDG2TJ7/xH6aPhwnvBtIy45gSYw==
    """

  /// `三号楼` under `abcdefghijklmnopqrstuvwxyz012345`, nonce `nonce-of-12b`, associated data `certificate`.
  static let sealed = """
    ipn87iNPXPl9Xza2e0ZLqu37E6xFQ+WDRg==
    """

  /// No bytes, without associated data; key and nonce as above.
  static let sealedNothing = """
    gDm9vjahfBkgP7LxW0AbQA==
    """

  /// `三号楼` as above with the nonce `nonce-of-11`.
  static let sealedShortNonce = """
    5StzH6kYKNtvjdUMPTGoEgd5hqz5R1NDCQ==
    """

  /// `三号楼` as above with the nonce `nonce-of-13bb`.
  static let sealedLongNonce = """
    YG/jbLr8TYp6J6+BoQ6WRAEvfSqYDk1nHg==
    """

  /// Number F157F09E…, of which DER writes a zero before the F; 2026-01-02T03:04:05Z to 2031-01-02T03:04:05Z.
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIICvjCCAaagAwIBAgIUAPFX8J79wJbeFevoGkcFenIy8bgwDQYJKoZIhvcNAQEL
    BQAwGTEXMBUGA1UECgwOVGVucGF5LmV4YW1wbGUwHhcNMjYwMTAyMDMwNDA1WhcN
    MzEwMTAyMDMwNDA1WjAZMRcwFQYDVQQKDA5UZW5wYXkuZXhhbXBsZTCCASIwDQYJ
    KoZIhvcNAQEBBQADggEPADCCAQoCggEBAIuqhS2UKz52yElN+ktbqVsndF5dRUQi
    nt1mk6qrXkxIsXOEL8lOqkmTYbNuWvpumNNNcRF+NgQEpXY8T8ImkdRUb7EQ/Sej
    pmsiI7z0xGJpU6gAjqlEy1elLoVLwtvzfaRyXbIGarJBIY+c9QRrqZ3u22X9pIRa
    lqhXH2UvUF6XDHT8SxKrLqvPHAwd42HHuKmBt2MJdtdU1lll9TlO6nnrtDSmmhG/
    WnKA/WRhHvhFIZMsFOTdOveOuqRTajoduKoCPtWIiMVpwex6hp7L7+3OE1zegMAW
    8D3o+y0dewFzdLetznYSVeURbMNL9jPtt3w7WQpDHftkkF0hCmKN7N0CAwEAATAN
    BgkqhkiG9w0BAQsFAAOCAQEATQ6t+K5I5Oj3DHS5JpWGdlhZ7Y6LTsgRVa1NJsGP
    RF5CMq63hSsHhk5qYMA7WoqgF2rnh1M9F4crej5BDgMr3bbP64SvimTBBsXQbmTQ
    DS5ngBjGGkoHVYg0eqyfLbg5ac1qGwxXyWlhM0IpPU7jEAQdug4hryG92v1VypyP
    H6+meRzFKpfql5V/mIdqyRa30PO9ksGQNR6ohDsKvR4lULEiA1tnexXusu1i67ji
    LJ2evEkUJ1yS9AwQU8gF0PNBXrYwgYhNQrlpz4fTZIFO3OZG3n9Gifhsqo61Sgb1
    cgPN6bPNNrkn0F75vPZFmA8OQi5TEn/mauCE5HrvKsswQQ==
    -----END CERTIFICATE-----
    """

  /// To 2055-06-07T08:09:10Z, which DER writes in another way.
  static let longCertificate = """
    -----BEGIN CERTIFICATE-----
    MIICrTCCAZWgAwIBAgIBdzANBgkqhkiG9w0BAQsFADAZMRcwFQYDVQQKDA5UZW5w
    YXkuZXhhbXBsZTAgFw0yNjAxMDEwMDAwMDBaGA8yMDU1MDYwNzA4MDkxMFowGTEX
    MBUGA1UECgwOVGVucGF5LmV4YW1wbGUwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAw
    ggEKAoIBAQCLqoUtlCs+dshJTfpLW6lbJ3ReXUVEIp7dZpOqq15MSLFzhC/JTqpJ
    k2Gzblr6bpjTTXERfjYEBKV2PE/CJpHUVG+xEP0no6ZrIiO89MRiaVOoAI6pRMtX
    pS6FS8Lb832kcl2yBmqyQSGPnPUEa6md7ttl/aSEWpaoVx9lL1Belwx0/EsSqy6r
    zxwMHeNhx7ipgbdjCXbXVNZZZfU5Tup567Q0ppoRv1pygP1kYR74RSGTLBTk3Tr3
    jrqkU2o6HbiqAj7ViIjFacHseoaey+/tzhNc3oDAFvA96PstHXsBc3S3rc52ElXl
    EWzDS/Yz7bd8O1kKQx37ZJBdIQpijezdAgMBAAEwDQYJKoZIhvcNAQELBQADggEB
    ABNAQexrjwNl32LvsUe2qgzPRGBBCOevXFysejAt2H0Uae3R7K4uCtYDfuLjzbZC
    tuLEGdezhWDl/mxb3dQaBTHJooEWFqMqAT34UY9ZAziQpsAAaWqXS5Q9oTqWKzDX
    PU5YkIs3dX8N7AhHp1T1WR8QBCtxtAVXwTMuuWmeIn5ZCHoyipu5YU4vIkA+57Um
    sLvPU+jUqwhhXoNWBQVBpY+YleA9d/Pk6wfrx70dRCe1+4di45H57/NNz0caSolh
    gYZZgUiBv1jBW9qmbLMG+2NR9rOv1b5Y50KuyQoMGB3gt6eySP0feg4JBCTiXeKi
    nKP9x+14ru75ZIlZGUh1Dis=
    -----END CERTIFICATE-----
    """

  /// Of a key on a curve.
  static let ellipticCertificate = """
    -----BEGIN CERTIFICATE-----
    MIIB3zCByKADAgECAgFjMA0GCSqGSIb3DQEBCwUAMBkxFzAVBgNVBAoMDlRlbnBh
    eS5leGFtcGxlMB4XDTI2MDEwMTAwMDAwMFoXDTMxMDEwMTAwMDAwMFowGTEXMBUG
    A1UECgwOVGVucGF5LmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQy
    JN0Khk3Q3lV4uFYLrkH5t+dQJaMeFcvMGHJXLMIrRlrjGQqsWoKegB4mnmH+z/yU
    VR296O2oX/nhrB1EfOdSMA0GCSqGSIb3DQEBCwUAA4IBAQBS/MsW5Hh8K4MsmAo8
    0miJzOpjZ9m0t9ELH59/IMicKulgVTV+GWT1PvbADOxEazye/ZMSxzUKzrODyu92
    pC6Ix/imcdIC685Z+4T1h0xOeDKoILyqLPAP+MhF0AMswScAX/bzBfwnn+6LAlqJ
    bA55ZsiHydD9yaWvJO3CU3pS5PFjWWYRk13pgo4Q/wKl5y166UM6GM6+s641D+yM
    QDu80/qrs8O27E8/kJ2dLEwk0JpzZXkH+vikg+P0WB3eKL0dYDrHxdcKXu+2Ca3m
    t5VjOebMJt+SUO32bUAm3cSCpb3lVbzM0bVaHwP917yN5R51hgMP9fyNbCJPHBbb
    gxj9
    -----END CERTIFICATE-----
    """
}
