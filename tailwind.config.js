export default { content: [] }
