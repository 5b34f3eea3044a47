/* data.mjs - invented people and places for drawing the faces before the real server answers. */
export const base = { lat: 40.0421, lon: 116.4187 }

export const wheres = [
  { kind: 'compound', id: '501', name: '柳荫里小区', keys: 'liuyinli lyl', path: '云汀市安澜区柳荫街道', lat: 40.0421, lon: 116.4187, has_gates: false },
  { kind: 'compound', id: '502', name: '柳荫北里', keys: 'liuyinbeili lybl', path: '云汀市安澜区柳荫街道', lat: 40.0461, lon: 116.4177, has_gates: false },
  { kind: 'compound', id: '503', name: '云汀花园', keys: 'yuntinghuayuan ythy', path: '云汀市安澜区汀洲街道', lat: 40.0401, lon: 116.4307, has_gates: true },
  { kind: 'compound', id: '504', name: '汀洲府', keys: 'tingzhoufu tzf', path: '云汀市安澜区汀洲街道', lat: 40.0391, lon: 116.4357, has_gates: true },
  { kind: 'community', id: '990101001', name: '柳荫社区', keys: 'liuyinshequ lysq', path: '云汀市安澜区柳荫街道', lat: 40.0431, lon: 116.4197, has_gates: false },
  { kind: 'street', id: '990101', name: '柳荫街道', keys: 'liuyinjiedao lyjd', path: '云汀市安澜区', lat: 40.0441, lon: 116.4207, has_gates: false },
]

const place = (id, name, kind, kind_name, door, metres, o) => ({
  id: String(id), name, kind, kind_name, org: `9${id}`, org_name: o.org ?? name, metres, door,
  open: o.open ?? 'open', open_text: o.open_text ?? '营业中 · 17:00 关门', phone: o.phone ?? '10012340' + id,
  duty_phone: o.duty ?? '', address: o.address, price_from: o.from, price_text: o.price_text ?? '',
  verified_at: o.verified ?? '2026-11-12T10:20:00+08:00', verified_days: o.days ?? 9,
  rating_level: o.level ?? 0, rating_text: o.rating ?? '', beds_free: o.beds, offers: o.offers ?? [],
  lat: base.lat + metres / 160000 * Math.cos(id), lon: base.lon + metres / 120000 * Math.sin(id),
})

export const places = [
  place(101, '柳荫街道养老服务驿站', 'station', '养老服务驿站', 'home', 420, { address: '柳荫路 12 号院 3 号楼一层', duty: '10012345678', rating: '4.8 分 · 136 人评价', offers: [{ id: '11', name: '上门洗澡', price: 12000, unit: 'time' }, { id: '12', name: '上门打扫', price: 5000, unit: 'hour' }, { id: '13', name: '陪同看病', price: 6000, unit: 'hour' }], from: 5000, price_text: '满 80 岁打扫每小时减 10 元' }),
  place(102, '安康到家服务柳荫店', 'provider', '服务商', 'home', 610, { address: '柳荫路 40 号', org: '安康到家（云汀）服务有限公司', open: 'closing', open_text: '营业中 · 20 分钟后关门', rating: '4.6 分 · 58 人评价', offers: [{ id: '21', name: '上门打扫', price: 5600, unit: 'hour' }, { id: '22', name: '上门理发', price: 3500, unit: 'time' }], from: 3500 }),
  place(103, '张师傅理发', 'barber', '理发店', 'home', 880, { address: '柳荫东街 6 号', open: 'closed', open_text: '已关门 · 明天 08:30 开门', days: 96, verified: '2026-08-17T10:20:00+08:00', offers: [{ id: '31', name: '上门理发', price: 3000, unit: 'time' }], from: 3000 }),
  place(104, '汀洲街道养老服务驿站', 'station', '养老服务驿站', 'home', 1650, { address: '汀洲路 8 号', rating: '4.9 分 · 201 人评价', offers: [{ id: '41', name: '上门洗澡', price: 11000, unit: 'time' }], from: 11000 }),
  place(201, '柳荫里养老助餐点', 'meal_point', '养老助餐点', 'meal', 260, { address: '柳荫里 2 号楼底商', open_text: '营业中 · 13:30 结束供餐', rating: '4.7 分 · 320 人评价', offers: [{ id: '51', name: '午餐（两荤两素）', price: 1500, unit: 'meal' }, { id: '52', name: '午餐送上门', price: 1700, unit: 'meal' }], from: 1500, price_text: '满 80 岁每份减 5 元' }),
  place(202, '老邻居食堂', 'meal_point', '养老助餐点', 'meal', 700, { address: '柳荫北里 1 号', open: 'closed_today', open_text: '今天停业 · 设备检修，11 月 23 日恢复', offers: [{ id: '53', name: '午餐', price: 1600, unit: 'meal' }], from: 1600 }),
  place(203, '汀洲长者食堂', 'meal_point', '养老助餐点', 'meal', 1380, { address: '汀洲路 21 号', offers: [{ id: '54', name: '午餐', price: 1400, unit: 'meal' }], from: 1400 }),
  place(301, '云汀市安澜区社会福利院', 'institution', '养老机构', 'institution', 1120, { address: '安澜大街 77 号', open_text: '可参观 09:00–16:00', level: 4, rating: '四级', beds: 12, from: 380000, price_text: '每月 3,800–7,200 元' }),
  place(302, '晚晴养老院', 'institution', '养老机构', 'institution', 2300, { address: '汀洲东路 19 号', level: 3, rating: '三级', beds: 0, from: 290000, price_text: '每月 2,900–5,500 元' }),
]

export const offers = {
  11: { id: '11', name: '上门洗澡', price: 12000, unit: 'time', unit_name: '次', item: '1', duration_min: 60, gender_matters: true, at_home: true, lead_min: 240, description: '两位护理员带便携浴床上门，先量血压，洗前洗后都有人扶。' },
  12: { id: '12', name: '上门打扫', price: 5000, unit: 'hour', unit_name: '小时', item: '2', duration_min: 120, gender_matters: false, at_home: true, lead_min: 120, description: '擦桌扫地、厨卫清洁、换洗床单。自带工具。' },
  13: { id: '13', name: '陪同看病', price: 6000, unit: 'hour', unit_name: '小时', item: '3', duration_min: 180, gender_matters: false, at_home: true, lead_min: 1440, description: '从家门口陪到诊室，再陪回家；代为取号、取药。' },
  51: { id: '51', name: '午餐（两荤两素）', price: 1500, unit: 'meal', unit_name: '份', item: '5', duration_min: 30, gender_matters: false, at_home: false, lead_min: 120, description: '到店吃或打包。低盐软烂，糖友可换杂粮饭。' },
  52: { id: '52', name: '午餐送上门', price: 1700, unit: 'meal', unit_name: '份', item: '5', duration_min: 30, gender_matters: false, at_home: true, lead_min: 120, description: '11:00–12:00 送到家里。' },
}

export const catalogue = { categories: [
  { key: 'bath', name: '助浴', items: [{ door: 'home', id: '1', name: '上门助浴', plain_name: '上门洗澡', unit: 'time', duration_min: 60, price_from: 11000 }] },
  { key: 'clean', name: '助洁', items: [{ door: 'home', id: '2', name: '居家保洁', plain_name: '打扫', unit: 'hour', duration_min: 120, price_from: 5000 }] },
  { key: 'medical', name: '助医', items: [{ door: 'home', id: '3', name: '陪同就医', plain_name: '陪同看病', unit: 'hour', duration_min: 180, price_from: 6000 }] },
  { key: 'errand', name: '代办', items: [{ door: 'home', id: '4', name: '上门理发', plain_name: '上门理发', unit: 'time', duration_min: 30, price_from: 3000 }] },
  { key: 'meal', name: '助餐', items: [{ door: 'meal', id: '5', name: '午餐', plain_name: '午饭', unit: 'meal', duration_min: 30, price_from: 1400 }] },
] }

const at = (h, m) => `2026-11-20T${h}:${m}:00+08:00`

export function order(id, state, more = {}) {
  const visit = ['assigned', 'under_way', 'served', 'confirmed', 'rated'].includes(state)
  const actions = state === 'served' ? [{ name: 'confirm', label: '确认已服务' }, { name: 'rate', label: '评价', takes: ['stars', 'words'] }, { name: 'dispute', label: '有问题', reason: true, danger: true }]
      : state === 'cancelled' ? [] : [{ name: 'change', label: '改时间', takes: ['slot'] }, { name: 'cancel', label: '取消', takes: ['reason'], danger: true }, { name: 'tell', label: '告知老人', takes: ['told'] }]
  return {
    order: { id, version: 3, actions, number: `YT-24${id}`, state, state_name: { placed: '已下单，等接单', assigned: '已派人', served: '服务完成', cancelled: '已取消' }[state],
      item: '1', item_title: '上门洗澡', org: '9101', org_title: '柳荫街道养老服务驿站', place: '101', offer: '11', offer_title: '上门洗澡', day: '2026-11-23', start_min: 540, end_min: 600,
      quantity: 1, for_name: '王桂芬', for_phone: '10087654321', for_address: '柳荫里 5 号楼 2 单元 401', for_relation: 'child', told: 'told', price: 12000, own_pay: 10000, pay_way: 'cash', paid: false, password: '柳树', note: '腿脚不便，请慢一些', created_at: at('20', '14'), ...more },
    parts: [{ payer: 'own', payer_name: '自付', amount: 10000, reason: '' }, { payer: 'subsidy', payer_name: '补贴', amount: 2000, reason: '满 80 周岁，助浴每次减 20 元' }],
    cancel_fee_now: 1000,
    visit: visit ? { id: '9' + id, state: 'planned', carer: { id: '7', name: '李秀兰', gender: 'female', photo: '', papers: [{ kind: 'carer_certificate', kind_name: '养老护理员证', valid_to: '2028-05-31' }, { kind: 'health', kind_name: '健康证', valid_to: '2027-03-12' }], visits_here: 6 } } : undefined,
    timeline: [{ at: at('20', '14'), text: '您下了单', by: '' }, ...(visit ? [{ at: at('20', '31'), text: '柳荫街道养老服务驿站接了单', by: '站长' }, { at: at('21', '02'), text: '安排李秀兰上门', by: '站长' }] : [])],
  }
}

const day = [
  { id: '9001', version: 1, order: '1', item_title: '上门洗澡', start_min: 540, end_min: 600, for_name: '王桂芬', for_address: '柳荫里 5 号楼 2 单元 401', phone: '10087654321', password: '柳树', note: '腿脚不便，左耳背，敲门要久一点。', state: 'done', arrived_at: at('09', '02'), done_at: at('09', '58'), actions: [], lat: 40.0411, lon: 116.4190 },
  { id: '9002', version: 1, order: '2', item_title: '上门打扫', start_min: 630, end_min: 750, for_name: '赵德海', for_address: '柳荫北里 2 号楼 1 单元 102', phone: '10087650002', password: '', note: '家里有狗，先打电话。', state: 'arrived', arrived_at: at('10', '31'), actions: [{ name: 'finish', label: '做完了', takes: ['note', 'result'] }, { name: 'not_met', label: '未遇', takes: ['note'] }], lat: 40.0462, lon: 116.4171 },
  { id: '9003', version: 1, order: '3', item_title: '陪同看病', start_min: 840, end_min: 1020, for_name: '孙秀英', for_address: '柳荫里 9 号楼 3 单元 601', phone: '10087650003', password: '平安', note: '', state: 'planned', actions: [{ name: 'arrive', label: '到了' }, { name: 'not_met', label: '未遇', takes: ['note'] }], lat: 40.0413, lon: 116.4201 },
]

export const carerDay = { day: '2026-11-22', visits: day.map(({ id, version, state, start_min, end_min, arrived_at, done_at, actions, item_title, for_address, ...o }) => ({ visit: { id, version, state, start_min, end_min, arrived_at, done_at, actions }, number: '1122-' + id, item: item_title, address: for_address, to_collect: 5000, ...o })) }
