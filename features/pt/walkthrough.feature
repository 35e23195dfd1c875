# language: pt
Funcionalidade: Uma reunião criada em um calendário delegado
  Alex delega seu calendário a Adele e mantém a entrega padrão: as mensagens de reunião vão somente
  para a delegada. Ela convida Megan e Christie em nome dele, Christie responde, Alex vê quem vem.
  Página: https://learn.microsoft.com/pt-br/graph/outlook-create-event-in-shared-delegated-calendar

  Contexto:
    Dado que Alex delegou seu calendário a Adele
    E que a reunião "Christmas dinner" está planejada
      | dia          | 25 de dezembro        |
      | de           | 18:00                 |
      | até          | 22:00                 |
      | fuso horário | Pacific Standard Time |
      | local        | Alex' home            |
      | texto        | Happy holidays!       |

  Regra: Etapa 1 - Adele obtém o calendário que Alex delegou a ela

    @SET-01
    Cenário: Os calendários de uma delegada vêm como uma coleção
      Quando Adele lista seus calendários
      Então o serviço responde 200 com uma coleção

    @SET-02
    Cenário: O calendário próprio da delegada está na lista dela
      Quando Adele lista seus calendários
      Então o calendário próprio de Adele está na lista

    @SET-02 @observed
    Cenário: A delegada tem todos os direitos sobre seu próprio calendário
      Quando Adele lista seus calendários
      Então Adele tem todos os direitos sobre seu próprio calendário

    @SET-03
    Cenário: Uma cópia do calendário delegado está na lista da delegada
      Quando Adele lista seus calendários
      Então há exatamente uma cópia do calendário de Alex na lista

    @SET-04
    Cenário: A delegada não pode compartilhar com outros o calendário do proprietário
      Quando Adele lista seus calendários
      Então Adele não pode compartilhar o calendário de Alex

    @SET-05
    Cenário: A delegada pode editar o calendário do proprietário
      Quando Adele lista seus calendários
      Então Adele pode editar o calendário de Alex

    @SET-06
    Cenário: A cópia indica o proprietário do calendário
      Quando Adele lista seus calendários
      Então o calendário de Alex indica Alex como proprietário

    @SET-07
    Cenário: A cópia tem o nome do proprietário
      Quando Adele lista seus calendários
      Então o calendário de Alex tem o nome de Alex

    @SET-08
    Cenário: Sem esse direito, a delegada não pode ver itens privados
      Quando Adele lista seus calendários
      Então Adele não pode ver itens privados no calendário de Alex

    @SET-13
    Cenário: O id da cópia não é o do calendário na caixa de correio do proprietário
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex
      E que Christie respondeu provisoriamente: "I will probably be able to make it."
      Quando Alex consulta o evento em seu calendário
      Então o id do calendário na caixa de correio de Alex difere do id da cópia na de Adele

  Regra: Etapa 2 - Adele cria o evento e com ele envia o convite em nome de Alex

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex

    @INV-01
    Cenário: A delegada cria um evento por meio de sua cópia do calendário
      Quando Adele consulta o evento que criou
      Então o serviço criou o evento

    @INV-02
    Cenário: A criação de um evento recebe 201
      Quando Adele consulta o evento que criou
      Então o serviço responde 201

    @INV-03
    Cenário: A criação de um evento recebe o evento como resposta
      # A página mostra uma mensagem aqui; sua edição anterior e a referência da API têm o evento.
      Quando Adele consulta o evento que criou
      Então a resposta é um evento e não uma mensagem

    @INV-04
    Cenário: O proprietário do calendário organiza o que sua delegada cria
      Quando Adele consulta o evento que criou
      Então o evento é organizado pelo proprietário do calendário

    @INV-05
    Cenário: O organizador do novo evento é o proprietário
      Quando Adele consulta o evento que criou
      Então o organizador é Alex

    @INV-06
    Cenário: Somente as pessoas convidadas participam do novo evento
      Quando Adele consulta o evento que criou
      Então os participantes são exatamente Megan e Christie

    @INV-07
    Cenário: A delegada não deixa rastro no evento que criou
      Quando Adele consulta o evento que criou
      Então nada no evento revela Adele

    @INV-09
    Cenário: Ninguém respondeu a um evento novo
      Quando Adele consulta o evento que criou
      Então nenhum participante respondeu

    @INV-10
    Cenário: A presença é obrigatória para quem é convidado assim
      Quando Adele consulta o evento que criou
      Então Megan e Christie têm presença obrigatória

    @INV-11
    Cenário: A resposta do próprio organizador em um evento novo
      Quando Adele consulta o evento que criou
      Então o evento registra seu próprio lado como organizador

    @INV-12
    Cenário: Um evento novo tem os padrões de uma reunião simples
      Quando Adele consulta o evento que criou
      Então o evento tem os padrões de uma reunião simples

    @INV-13
    Cenário: Pede-se resposta a quem é convidado
      Quando Adele consulta o evento que criou
      Então pede-se resposta aos participantes

    @INV-14
    Cenário: A delegada não é lembrada do evento do proprietário
      Quando Adele consulta o evento que criou
      Então o lembrete está desligado e definido para 15 minutos

    @INV-15
    Cenário: O evento novo guarda o fuso horário em que foi planejado
      Quando Adele consulta o evento que criou
      Então o evento guarda o fuso horário de "Christmas dinner"

    @INV-16
    Cenário: A resposta à criação indica os horários no fuso que foi pedido
      Quando Adele consulta o evento que criou
      Então o evento vai das 18:00 às 22:00 em "Pacific Standard Time"

    @INV-17
    Cenário: Enumerações começam com minúscula, como quer que tenham sido enviadas
      Quando Adele consulta o evento que criou
      Então o tipo de conteúdo enviado como "HTML" tornou-se "html"

    @INV-18
    Cenário: O texto torna-se um documento completo com uma prévia simples
      Quando Adele consulta o evento que criou
      Então o corpo é um documento em torno de "Happy holidays!"
      E a prévia é "Happy holidays!"

    @INV-19
    Cenário: O local é a localização e a única das localizações
      Quando Adele consulta o evento que criou
      Então o local é "Alex' home" nas duas formas em que um evento o indica

    @INV-20
    Cenário: Os endereços só podem voltar com outras maiúsculas e minúsculas
      Quando Adele consulta o evento que criou
      Então cada endereço é o que foi informado, salvo maiúsculas e minúsculas

  Regra: Etapa 3 - Christie recebe a solicitação e consulta o evento em seu calendário
    # A página anuncia esta etapa e perdeu a seção dela; a solicitação é a da edição anterior.

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex

    @INV-08
    Cenário: Criar o evento basta para convidar
      Quando Christie consulta o convite
      Então o convite chegou a Christie

    @RCV-01
    Cenário: Um convite é uma solicitação de reunião
      Quando Christie consulta o convite
      Então a mensagem é uma solicitação de reunião

    @RCV-02
    Cenário: A delegada é a remetente do convite
      Quando Christie consulta o convite
      Então quem enviou a mensagem é Adele

    @RCV-03
    Cenário: O convite é do proprietário
      Quando Christie consulta o convite
      Então a mensagem é de Alex

    @RCV-04
    Cenário: O convite é endereçado às pessoas convidadas
      Quando Christie consulta o convite
      Então a mensagem é endereçada a Megan e Christie

    @RCV-04 @observed
    Cenário: O convite não é endereçado a mais ninguém
      Quando Christie consulta o convite
      Então a mensagem é endereçada exatamente a Megan e Christie
      E ninguém recebe cópia da solicitação

    @RCV-05
    Cenário: O evento está no calendário da participante como provisório
      Quando Christie consulta o evento do convite
      Então o evento aparece como provisório

    @RCV-06
    Cenário: Mensagem e evento vêm em uma só resposta
      Quando Christie consulta o convite
      Então o serviço responde 200
      E a mensagem traz seu evento

    @RCV-07
    Cenário: A cópia da participante lista o proprietário entre os participantes
      Quando Christie consulta o evento do convite
      Então os participantes são exatamente Alex, Megan e Christie
      E Alex tem presença obrigatória

    @RCV-08
    Cenário: O organizador na cópia da participante é o proprietário
      Quando Christie consulta o evento do convite
      Então o organizador é Alex

    @RCV-08 @observed
    Cenário: A participante não organiza sua cópia
      Quando Christie consulta o evento do convite
      Então o evento é organizado por outra pessoa

    @RCV-09
    Cenário: A delegada não deixa rastro no evento da participante
      Quando Christie consulta o evento do convite
      Então nada no evento revela Adele

    @RCV-09
    Cenário: A delegada só aparece no convite como remetente
      Quando Christie consulta o convite
      Então nada na mensagem, exceto quem a enviou, revela Adele

    @RCV-10
    Cenário: A cópia da participante tem o mesmo iCalUId que a da delegada
      Quando Christie consulta o evento do convite
      Então o evento tem o iCalUId do evento que Adele criou

    @RCV-11
    Cenário: A cópia da participante tem seus próprios ids
      Quando Christie consulta o evento do convite
      Então seu id, sua chave de alteração e sua etag não são os do evento que Adele criou

    @RCV-11
    Cenário: O id do convite não é o do evento dele
      Quando Christie consulta o convite
      Então o id da mensagem não é o do evento dela

    @RCV-13
    Cenário: A resposta da própria participante está em aberto
      Quando Christie consulta o evento do convite
      Então a resposta própria do evento está em aberto

    @RCV-14
    Cenário: A cópia da participante não mostra respostas
      Quando Christie consulta o evento do convite
      Então nenhuma resposta de participante aparece

    @RCV-14 @documented
    Cenário: O organizador não tem resposta a dar na cópia da participante
      Quando Christie consulta o evento do convite
      Então a resposta de Alex aparece em aberto

    @RCV-15
    Cenário: O convite traz o assunto e o texto do evento
      Quando Christie consulta o convite
      Então a mensagem traz o assunto e o texto de "Christmas dinner"
      E o corpo contém "Happy holidays!"

    @RCV-16
    Cenário: O tipo do convite é da família eventMessage
      Quando Christie consulta o convite
      Então o tipo da mensagem é eventMessage ou eventMessageRequest

    @RCV-18
    Cenário: O convite chega sem nada de especial
      Quando Christie consulta o convite
      Então a mensagem não é rascunho, não está sinalizada e tem importância normal
      E a mensagem foi enviada antes de ser recebida

    @RCV-19
    Cenário: O convite inicia uma conversa
      Quando Christie consulta o convite
      Então o índice da conversa é uma raiz de 22 bytes

    @RCV-20
    Cenário: A cópia da participante vem depois da criação
      Quando Christie consulta o evento do convite
      Então o evento não foi feito antes do evento que Adele criou

    @INV-13
    Cenário: A cópia da participante pede uma resposta a ela
      Quando Christie consulta o evento do convite
      Então pede-se resposta aos participantes

    @INV-19
    Cenário: A cópia da participante indica o local nas duas formas
      Quando Christie consulta o evento do convite
      Então o local é "Alex' home" nas duas formas em que um evento o indica

    @INV-15
    Cenário: A cópia da participante guarda o fuso horário em que o evento foi planejado
      Quando Christie consulta o evento do convite
      Então o evento guarda o fuso horário de "Christmas dinner"

  Regra: Etapa 4 - Christie responde à solicitação de reunião

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex

    @RSP-01
    Cenário: Uma resposta provisória é aceita sem uma palavra
      Quando Christie responde provisoriamente: "I will probably be able to make it."
      Então o serviço responde 202
      E a resposta está vazia

    @RSP-07
    Cenário: Uma resposta provisória deixa o evento como provisório
      Dado que Christie respondeu provisoriamente: "I will probably be able to make it."
      Quando Christie consulta o evento depois de responder
      Então o evento aparece como provisório

  Regra: Etapa 5 - Adele recebe a resposta no lugar de Alex

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex
      E que Christie respondeu provisoriamente: "I will probably be able to make it."

    @RTE-01
    Cenário: A resposta chega à delegada
      Quando Adele consulta a resposta de Christie
      Então a resposta de Christie chegou a Adele

    @RTE-02
    Cenário: A resposta diz que é provisória, na grafia dos metadados
      Quando Adele consulta a resposta de Christie
      Então a mensagem é uma aceitação provisória

    @RTE-04
    Cenário: A resposta é da participante
      Quando Adele consulta a resposta de Christie
      Então a mensagem é de Christie

    @RTE-04 @observed
    Cenário: A participante é a remetente da resposta
      Quando Adele consulta a resposta de Christie
      Então quem enviou a mensagem é Christie

    @RTE-05
    Cenário: A resposta é endereçada somente à delegada
      Quando Adele consulta a resposta de Christie
      Então a mensagem é endereçada exatamente a Adele

    @RSP-05
    Cenário: O comentário é o texto da resposta
      Quando Adele consulta a resposta de Christie
      Então o corpo contém "I will probably be able to make it."

    @RSP-05 @observed
    Cenário: O comentário é a prévia da resposta
      Quando Adele consulta a resposta de Christie
      Então a prévia é "I will probably be able to make it."

    @RTE-07
    Cenário: O assunto da resposta indica o modo dela
      Quando Adele consulta a resposta de Christie
      Então o assunto é "Tentative: " antes do assunto de "Christmas dinner"

    @RTE-08
    Cenário: A resposta continua a conversa da solicitação
      Quando Adele consulta a resposta de Christie
      Então o índice da conversa é o do convite de Christie e mais 5 bytes

    @RTE-09
    Cenário: A resposta chega como não lida e sem nada de especial
      Quando Adele consulta a resposta de Christie
      Então a mensagem não foi lida, não é rascunho e não tem cópia para ninguém

    @RTE-10
    Cenário: O tipo da resposta é da família eventMessage
      Quando Adele consulta a resposta de Christie
      Então o tipo da mensagem é eventMessage ou eventMessageResponse

  Regra: Etapa 6 - Alex lê as respostas no evento

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex
      E que Christie respondeu provisoriamente: "I will probably be able to make it."

    @TAL-01
    Cenário: O proprietário pode ler o que sua delegada criou
      Quando Alex consulta o evento em seu calendário
      Então a resposta traz um item
      E o serviço responde 200

    @TAL-02
    Cenário: O proprietário organiza o evento em seu calendário
      Quando Alex consulta o evento em seu calendário
      Então o evento é organizado pelo proprietário do calendário

    @TAL-02
    Cenário: O organizador do evento do proprietário é ele mesmo
      Quando Alex consulta o evento em seu calendário
      Então o organizador é Alex

    @TAL-03
    Cenário: Somente as pessoas convidadas participam do evento do proprietário
      Quando Alex consulta o evento em seu calendário
      Então os participantes são exatamente Megan e Christie

    @TAL-04
    Cenário: Quem não respondeu continua sem resposta
      Quando Alex consulta o evento em seu calendário
      Então a resposta de Megan é "none"

    @TAL-05
    Cenário: Quem respondeu provisoriamente é contado assim
      Quando Alex consulta o evento em seu calendário
      Então a resposta de Christie é "tentativelyAccepted"

    @TAL-07
    Cenário: A contagem dispensa uma mensagem ao proprietário
      Dado que Adele leu a resposta de Christie
      Quando Alex consulta o evento em seu calendário
      Então Alex fica sabendo da resposta de Christie, que não foi endereçada a ele

    @TAL-08
    Cenário: A contagem traz o momento da resposta
      Quando Alex consulta o evento em seu calendário
      Então a resposta de Christie traz a hora que sua própria cópia indica

    @TAL-08
    Cenário: A resposta é enviada no momento que é contado
      Dado que Adele leu a resposta de Christie
      Quando Alex consulta o evento em seu calendário
      Então a resposta de Christie traz a hora em que foi enviada, 10 segundos a mais ou a menos

    @TAL-09 @TAL-14
    Cenário: Registrar a resposta altera o evento do proprietário em até dois minutos
      Quando Alex consulta o evento em seu calendário
      Então o evento foi alterado no máximo 120 segundos depois da resposta de Christie

    @TAL-10
    Cenário: O proprietário continua ocupado e organizador
      Quando Alex consulta o evento em seu calendário
      Então o evento aparece como ocupado
      E o evento registra seu próprio lado como organizador

    @INV-07
    Cenário: A delegada não deixa rastro no evento do proprietário
      Quando Alex consulta o evento em seu calendário
      Então nada no evento revela Adele

    @INV-14
    Cenário: O proprietário é lembrado do evento
      Quando Alex consulta o evento em seu calendário
      Então o lembrete está ligado e definido para 15 minutos

    @INV-13
    Cenário: O evento do proprietário pede resposta aos participantes
      Quando Alex consulta o evento em seu calendário
      Então pede-se resposta aos participantes

    @INV-19
    Cenário: O evento do proprietário indica o local nas duas formas
      Quando Alex consulta o evento em seu calendário
      Então o local é "Alex' home" nas duas formas em que um evento o indica

    @INV-15
    Cenário: O evento do proprietário guarda o fuso horário em que foi planejado
      Quando Alex consulta o evento em seu calendário
      Então o evento guarda o fuso horário de "Christmas dinner"

    @INV-21
    Cenário: O evento está no calendário do proprietário com o mesmo iCalUId
      Quando Alex consulta o evento em seu calendário
      Então o evento tem o iCalUId do evento que Adele criou

    @INV-21 @observed
    Cenário: O id do evento do proprietário não é o do evento da delegada
      Quando Alex consulta o evento em seu calendário
      Então o id do evento não é o do evento que Adele criou

    @RCV-10
    Cenário: O evento do proprietário tem o mesmo iCalUId que o da participante
      Quando Alex consulta o evento em seu calendário
      Então o evento tem o iCalUId da cópia de Christie

    @RCV-11
    Cenário: O evento do proprietário tem seus próprios ids
      Quando Alex consulta o evento em seu calendário
      Então seu id, sua chave de alteração e sua etag não são os da cópia de Christie

    @RCV-12
    Cenário: O evento do proprietário e o da participante concordam sobre o que é a reunião
      Quando Alex consulta o evento em seu calendário
      Então o evento concorda com a cópia de Christie sobre o que é a reunião

  Regra: Toda cópia indica horários, textos e ids à maneira do Graph

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex
      E que Christie respondeu provisoriamente: "I will probably be able to make it."

    @REP-01
    Esquema do Cenário: <quem> lê os horários em UTC quando nenhum fuso é pedido
      Quando <quem> consulta <evento>
      Então os horários do evento estão em UTC

      Exemplos:
        | quem     | evento                     |
        | Christie | o evento do convite        |
        | Alex     | o evento em seu calendário |

    @REP-02
    Esquema do Cenário: 18:00 no Pacífico são 02:00 UTC do dia seguinte para <quem>
      Quando <quem> consulta <evento>
      Então o evento ocorre no momento planejado para "Christmas dinner"

      Exemplos:
        | quem     | evento                     |
        | Christie | o evento do convite        |
        | Alex     | o evento em seu calendário |

    @REP-04
    Esquema do Cenário: Os horários têm sete casas decimais e nenhum deslocamento para <quem>
      Quando <quem> consulta <evento>
      Então início e fim têm sete dígitos fracionários e nenhum deslocamento

      Exemplos:
        | quem     | evento                     |
        | Adele    | o evento que criou         |
        | Christie | o evento do convite        |
        | Alex     | o evento em seu calendário |

    @REP-05
    Esquema do Cenário: As datas e horas estão em UTC para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então suas datas e horas terminam em Z

      Exemplos:
        | quem     | item                       |
        | Adele    | o evento que criou         |
        | Christie | o evento do convite        |
        | Christie | o convite                  |
        | Adele    | a resposta de Christie     |
        | Alex     | o evento em seu calendário |

    @REP-05 @observed
    Esquema do Cenário: As datas e horas têm a precisão de seu tipo para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então suas datas e horas têm <precisão>

      Exemplos:
        | quem     | item                       | precisão          |
        | Adele    | o evento que criou         | frações           |
        | Christie | o evento do convite        | frações           |
        | Christie | o convite                  | segundos inteiros |
        | Adele    | a resposta de Christie     | segundos inteiros |
        | Alex     | o evento em seu calendário | frações           |

    @REP-07
    Esquema do Cenário: Os corpos são HTML para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então seu corpo é HTML

      Exemplos:
        | quem     | item                       |
        | Adele    | o evento que criou         |
        | Christie | o evento do convite        |
        | Christie | o convite                  |
        | Adele    | a resposta de Christie     |
        | Alex     | o evento em seu calendário |

    @REP-08
    Esquema do Cenário: A prévia é simples e curta para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então sua prévia é texto simples de no máximo 255 caracteres

      Exemplos:
        | quem     | item                   |
        | Christie | o convite              |
        | Adele    | a resposta de Christie |

    @REP-09
    Esquema do Cenário: A etag é a forma fraca da changeKey para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então sua etag é a forma fraca de sua chave de alteração

      Exemplos:
        | quem     | item                       |
        | Adele    | o evento que criou         |
        | Christie | o evento do convite        |
        | Christie | o convite                  |
        | Adele    | a resposta de Christie     |
        | Alex     | o evento em seu calendário |

    @REP-20
    Esquema do Cenário: Há um link da Web para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então há um link da Web

      Exemplos:
        | quem     | item                       |
        | Adele    | o evento que criou         |
        | Christie | o evento do convite        |
        | Christie | o convite                  |
        | Adele    | a resposta de Christie     |
        | Alex     | o evento em seu calendário |

    @REP-20 @observed
    Esquema do Cenário: O link da Web contém o id codificado para <quem>, que consulta <item>
      Quando <quem> consulta <item>
      Então seu link da Web contém seu id codificado

      Exemplos:
        | quem     | item                       |
        | Adele    | o evento que criou         |
        | Christie | o evento do convite        |
        | Christie | o convite                  |
        | Adele    | a resposta de Christie     |
        | Alex     | o evento em seu calendário |

  Regra: Toda resposta tem a forma que os metadados dão a seu recurso

    Contexto:
      Dado que Adele convidou Megan e Christie para "Christmas dinner" no calendário de Alex
      E que Christie respondeu provisoriamente: "I will probably be able to make it."

    @REP-19
    Esquema do Cenário: Os tipos são os documentados para <quem>, que <faz>
      Quando <quem> <faz>
      Então toda propriedade tem o tipo que os metadados dão a ela

      Exemplos:
        | quem     | faz                                 |
        | Adele    | lista seus calendários              |
        | Adele    | consulta o evento que criou         |
        | Christie | consulta o convite                  |
        | Adele    | consulta a resposta de Christie     |
        | Alex     | consulta o evento em seu calendário |

    @REP-19 @observed
    Esquema do Cenário: As propriedades mostradas na página estão todas lá para <quem>, que <faz>
      Quando <quem> <faz>
      Então toda propriedade que a página mostra está presente

      Exemplos:
        | quem     | faz                                 |
        | Adele    | lista seus calendários              |
        | Adele    | consulta o evento que criou         |
        | Christie | consulta o convite                  |
        | Christie | consulta o evento do convite        |
        | Adele    | consulta a resposta de Christie     |
        | Alex     | consulta o evento em seu calendário |
